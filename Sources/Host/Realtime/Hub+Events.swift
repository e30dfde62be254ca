import Database
import HTTPServer
import PluginAPI
import Synchronization

extension Hub {
    /// Something was committed. On a writer's thread.
    func wake() {
        guard followers.load(ordering: .sequentiallyConsistent) > 0 else { return }
        let loop = state.withLock { state -> EventLoop? in
            guard !state.isRunning else {
                state.isAsked = true
                return nil
            }
            guard let shard = state.shards.values.first(where: { !$0.isEmpty }) else { return nil }
            state.isRunning = true
            return shard.loop
        }
        guard let loop else { return }
        Task(executorPreference: loop) { [self] in await pump(loop) }
    }

    /// Reads the log to its end, and again as long as something is committed meanwhile.
    private func pump(_ loop: EventLoop) async {
        var isDone = false
        while !isDone {
            do {
                while let batch = try await nextBatch(slot: loop.index) { await spread(batch) }
            } catch {
                log?.write(.error, "the event log could not be read", tenant: tenant, ["error": .text("\(error)")])
                try? await Task.sleep(for: .seconds(1))
                state.withLock { $0.isAsked = true }
            }
            isDone = state.withLock { state in
                defer { state.isAsked = false }
                if state.isAsked, followers.load(ordering: .sequentiallyConsistent) > 0 { return false }
                state.isRunning = false
                return true
            }
        }
    }

    private func nextBatch(slot: Int) async throws -> LiveBatch? {
        guard let batch = try await batch(after: state.withLock { $0.position }, slot: slot) else { return nil }
        state.withLock { $0.position = batch.to }
        return batch
    }

    /// The next stretch of the log; nil at its end.
    func batch(after position: Int64, slot: Int) async throws -> LiveBatch? {
        guard let view = current else { throw StoreError(.closed, "the tenant is closed") }
        let names = view.catalogue.eventNames
        let found = try await database.read(slot: slot, as: .host) { session in
            try EventTable.page(after: position, names: names, limit: Self.pageLimit, HostReader(session))
        }
        guard found.to > position else { return nil }
        return view.batch(from: position, to: found.to, found.events)
    }

    /// Hands a batch to every loop and waits until each has gone through its connections: the log is not read faster than
    /// it is told.
    private func spread(_ batch: LiveBatch) async {
        let shards = shards
        await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
            guard !shards.isEmpty else { return continuation.resume() }
            let left = Remaining(shards.count)
            for shard in shards {
                let isTaken = shard.loop.submit {
                    shard.deliver(batch)
                    if left.down() { continuation.resume() }
                }
                if !isTaken, left.down() { continuation.resume() }
            }
        }
    }

    /// Lets a connection follow topics from now on, or from where it was. On its loop.
    ///
    /// - Parameters:
    ///   - after: the id of the last event that the client has seen; nil for somebody new.
    ///   - begun: called once it is known where that is, before anything is told.
    func follow(
        _ subscriber: Subscriber, _ topics: TopicSet, after: String?, begun: (FollowStart) -> Void
    ) async throws {
        let seen = after.map { EventID($0) }
        let (head, standing) = try await database.read(slot: subscriber.connection.loop.index, as: .host) {
            session -> (EventPlace, EventStanding?) in
            let host = HostReader(session)
            let head = try EventTable.head(host) ?? .start
            guard let seen else { return (head, nil) }
            return (head, try seen.map { try EventTable.standing($0.place, host) } ?? .unknown)
        }
        guard subscriber.connection.isOpen, subscriber.phase == .idle else { return }
        subscriber.follow(topics)
        var position = head.id
        if standing == .known, let id = seen ?? nil {
            position = id.part == nil ? id.place.id : id.place.id - 1
            subscriber.start(behind: position, told: id.part.map { (id.place.id, $0) })
            begun(FollowStart(id: id.text, gap: nil))
        } else {
            subscriber.start(behind: position, told: nil)
            begun(FollowStart(id: EventID(head).text, gap: standing))
        }
        let shard = shard(of: subscriber.connection.loop)
        let isFirst = followers.add(1, ordering: .sequentiallyConsistent).oldValue == 0
        state.withLock { state in
            // Nothing was handed out while nobody followed.
            if isFirst, !state.isRunning { state.position = max(state.position, head.id) }
        }
        if position < max(head.id, shard.told) {
            subscriber.beginReplay()
            Task(executorPreference: shard.loop) { [self] in await shard.replay(subscriber, self) }
        } else {
            subscriber.settle()
        }
        // What was committed since the log was looked at has woken nobody.
        wake()
    }

    /// A connection has ended, or follows nothing any more.
    func unfollow(_ subscriber: Subscriber) {
        if subscriber.phase != .idle { followers.subtract(1, ordering: .sequentiallyConsistent) }
        subscriber.forget()
    }
}

/// Where a connection begins.
struct FollowStart: Sendable {
    /// The id to name when coming back, before anything else was told.
    let id: String
    /// Why it cannot go on from where it was; nil when it can, or is new.
    let gap: EventStanding?
}

/// Counts down to nothing.
private final class Remaining: Sendable {
    private let left: Atomic<Int>
    init(_ count: Int) { left = Atomic(count) }
    /// - Returns: whether it was the last.
    func down() -> Bool { left.subtract(1, ordering: .acquiringAndReleasing).newValue == 0 }
}
