import Database
import HTTPServer
import PluginAPI
import Synchronization

/// A stream of server-sent events from the hub.
final class LiveStream: EventStreamHandler {
    private let hub: Hub
    private let menu: TopicMenu
    private let topics: TopicSet
    private let after: String?
    private let state: Mutex<(greeting: LiveSocket.Greeting?, subscriber: Subscriber?)>

    /// - Parameters:
    ///   - greeting: who it is.
    ///   - topics: what is followed.
    ///   - after: the id of the last event that the client has seen.
    init(_ hub: Hub, _ menu: TopicMenu, greeting: LiveSocket.Greeting, topics: TopicSet, after: String?) {
        self.hub = hub
        self.menu = menu
        self.topics = topics
        self.after = after
        state = Mutex((greeting, nil))
    }

    /// Seed 000's heartbeat (§7.2), often enough for proxies that cut what is quiet for a minute.
    static func options(clock: any TimeSource, connection: String) -> EventStreamOptions {
        var options = EventStreamOptions()
        options.retry = .seconds(3)
        options.heartbeat = .event {
            let data: JSON = ["timestamp": .string("\(clock.now)"), "connectionId": .string(connection)]
            // Neither the name nor the data can break it.
            return (try? ServerSentEvent(event: "heartbeat", data: data.text)) ?? .comment("heartbeat")
        }
        return options
    }

    func opened(_ stream: EventStream) {
        guard let greeting = state.withLock({ $0.greeting }) else { return stream.close() }
        let subscriber = Subscriber(stream, menu: menu, deadline: greeting.facts.expiresAt)
        subscriber.identify(greeting.facts, epoch: greeting.epoch, seat: greeting.seat)
        state.withLock { $0 = (nil, subscriber) }
        hub.shard(of: stream.loop).add(subscriber)
        Task(executorPreference: stream.loop) { [self] in await follow(subscriber, stream) }
    }

    /// What was missed is told by the hub, in one order with what happens.
    func replay(after id: String, to stream: EventStream) async -> Replay { .rest([]) }

    func closed(_ stream: EventStream, _ ending: PushEnding) {
        let subscriber = state.withLock { state in
            defer { state = (nil, nil) }
            return state.subscriber
        }
        guard let subscriber else { return }
        hub.unfollow(subscriber)
        hub.shard(of: stream.loop).remove(subscriber)
    }

    private func follow(_ subscriber: Subscriber, _ stream: EventStream) async {
        do {
            try await hub.follow(subscriber, topics, after: after) { start in
                if let gap = start.gap {
                    let data: JSON = ["reason": .string(gap.word)]
                    if let event = try? ServerSentEvent(event: "reset", data: data.text, id: start.id) {
                        stream.send(event)
                    }
                } else if let event = try? ServerSentEvent(id: start.id) {
                    // Without data it tells the page nothing, and the browser where to go on.
                    stream.send(event)
                }
            }
        } catch {
            hub.log?.write(
                .error, "a stream of events could not begin", tenant: hub.tenant, ["error": .text("\(error)")])
            stream.close(.tryAgainLater)
        }
    }
}
