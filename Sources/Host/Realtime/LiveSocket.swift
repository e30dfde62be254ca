import Database
import HTTPServer
import PluginAPI
import Synchronization

/// A WebSocket to the hub: signs in by its handshake or its first message, and says what it follows.
final class LiveSocket: WebSocketHandler {
    /// Who a handshake has proven, with their place.
    struct Greeting: Sendable {
        let facts: SessionFacts
        /// The tenant's epoch of before the facts were read.
        let epoch: UInt64
        let seat: Seat
    }

    /// Whether topics are followed without being asked for.
    struct Habit: Sendable {
        let followsAll: Bool
        /// The last event that the client has seen, where it says so in the address.
        let after: String?
    }

    private let hub: Hub
    private let menu: TopicMenu
    private let habit: Habit
    private let state: Mutex<State>

    private struct State: Sendable {
        /// Until the connection is open.
        var greeting: Greeting?
        var subscriber: Subscriber?
        /// Messages of the client in the minute that began then.
        var count = 0
        var minute = Instant.epoch
    }

    /// A client that says more in a minute is shut out.
    private static let messagesPerMinute = 120

    init(_ hub: Hub, _ menu: TopicMenu, greeting: Greeting?, habit: Habit) {
        self.hub = hub
        self.menu = menu
        self.habit = habit
        state = Mutex(State(greeting: greeting))
    }

    func opened(_ socket: WebSocket) {
        let now = hub.clock.now
        let subscriber = Subscriber(socket, menu: menu, deadline: now + hub.rules.authTimeout)
        let greeting = state.withLock { state in
            state.subscriber = subscriber
            defer { state.greeting = nil }
            return state.greeting
        }
        if let greeting {
            subscriber.identify(greeting.facts, epoch: greeting.epoch, seat: greeting.seat)
            socket.send(text: ServerMessage.signedIn(greeting.facts.person, until: greeting.facts.expiresAt).text)
        }
        hub.shard(of: socket.loop).add(subscriber)
        guard greeting != nil, habit.followsAll else { return }
        Task(executorPreference: socket.loop) { [self] in
            await subscribe(menu.items.map(\.name), after: habit.after, subscriber, socket, refuses: false)
        }
    }

    func received(_ message: WebSocketMessage, from socket: WebSocket) -> Reaction {
        guard let subscriber = state.withLock({ $0.subscriber }) else { return .done }
        guard counts(hub.clock.now) else {
            socket.close(.tooMany, reason: "too many messages")
            return .done
        }
        let asked: ClientMessage
        do throws(ClientMessage.Fault) {
            guard message.kind == .text else {
                throw ClientMessage.Fault(code: "INVALID_DATA_FORMAT", message: "A message is text.")
            }
            asked = try ClientMessage(message.bytes)
        } catch {
            return say(.error(code: error.code, message: error.message), socket)
        }
        if case .auth(let token) = asked {
            return .later { [self] in await signIn(Array(token.utf8), subscriber, socket) }
        }
        guard subscriber.facts != nil else {
            return say(.error(code: Problem.signInRequired.code, message: "Send auth first."), socket)
        }
        switch asked {
        case .auth: return .done
        case .ping: return say(.pong, socket)
        case .subscribe(let names, let after):
            return .later { [self] in await subscribe(names, after: after, subscriber, socket, refuses: true) }
        case .unsubscribe(let names):
            var topics = subscriber.topics
            for name in names { if let topic = menu.topic(name) { topics.remove(topic) } }
            subscriber.follow(topics)
            return say(.subscribed(menu.names(topics), id: nil), socket)
        }
    }

    func closed(_ socket: WebSocket, _ ending: PushEnding) {
        let subscriber = state.withLock { state in
            defer { state.subscriber = nil }
            return state.subscriber
        }
        guard let subscriber else { return }
        hub.unfollow(subscriber)
        hub.shard(of: socket.loop).remove(subscriber)
    }

    private func say(_ message: ServerMessage, _ socket: WebSocket) -> Reaction {
        socket.send(text: message.text)
        return .done
    }

    private func counts(_ now: Instant) -> Bool {
        state.withLock { state in
            if now - state.minute >= .seconds(60) || now < state.minute { (state.minute, state.count) = (now, 0) }
            state.count += 1
            return state.count <= Self.messagesPerMinute
        }
    }

    private func signIn(_ token: [UInt8], _ subscriber: Subscriber, _ socket: WebSocket) async {
        guard let view = hub.current else { return socket.close(.tryAgainLater) }
        do {
            for _ in 0..<8 {
                let epoch = hub.epoch.current
                let found = try view.auth.authenticate(
                    token, token: 0..<token.count, slot: socket.loop.index, now: hub.clock.now)
                switch found {
                case .known(let facts): return identify(facts, epoch, subscriber, socket)
                case .refused(let problem): return socket.close(.signIn, reason: problem.code)
                case .needsReader: try await hub.database.openReader(slot: socket.loop.index)
                }
            }
        } catch {
            hub.log?.write(
                .error, "a WebSocket could not sign in", tenant: hub.tenant, ["error": .text("\(error)")])
        }
        socket.close(.tryAgainLater)
    }

    private func identify(_ facts: SessionFacts, _ epoch: UInt64, _ subscriber: Subscriber, _ socket: WebSocket) {
        if subscriber.facts?.person == facts.person {
            subscriber.identify(facts, epoch: epoch)
        } else {
            // Somebody else begins anew, and takes a place of their own.
            hub.unfollow(subscriber)
            guard let seat = hub.seat(for: facts.person) else {
                return socket.close(.tooMany, reason: "too many connections")
            }
            subscriber.identify(facts, epoch: epoch, seat: seat)
        }
        hub.shard(of: socket.loop).watch(facts.expiresAt)
        socket.send(text: ServerMessage.signedIn(facts.person, until: facts.expiresAt).text)
    }

    /// - Parameter refuses: whether the client is told what it may not follow.
    private func subscribe(
        _ names: [String], after: String?, _ subscriber: Subscriber, _ socket: WebSocket, refuses: Bool
    ) async {
        guard let view = hub.current, let facts = subscriber.facts else { return }
        var topics = subscriber.topics
        for name in names {
            if let topic = menu.topic(name), view.has(topic) {
                if view.admits(facts, to: topic) {
                    topics.insert(topic)
                } else if refuses {
                    _ = say(
                        .error(code: Problem.forbidden.code, message: "events: \(name) is not yours to follow"), socket)
                }
            } else if refuses {
                // What a client sends is not sent back to it unread.
                let known = menu.items.filter { view.has($0.topic) }.map(\.name).joined(separator: ", ")
                _ = say(.error(code: "VALIDATION_ERROR", message: "events: must be among \(known)"), socket)
            }
        }
        guard subscriber.phase == .idle else {
            if after != nil {
                _ = say(
                    .error(code: "RESOURCE_CONFLICT", message: "lastEventId: counts with the first subscribe only"),
                    socket)
            }
            subscriber.follow(topics)
            _ = say(.subscribed(menu.names(topics), id: nil), socket)
            return
        }
        do {
            try await hub.follow(subscriber, topics, after: after) { start in
                _ = say(.subscribed(menu.names(topics), id: start.id), socket)
                if let gap = start.gap { _ = say(.reset(reason: gap.word, id: start.id), socket) }
            }
        } catch {
            hub.log?.write(
                .error, "a WebSocket could not subscribe", tenant: hub.tenant, ["error": .text("\(error)")])
            socket.close(.tryAgainLater)
        }
    }
}
