import HTTPServer
import PluginAPI
import Synchronization

/// A tenant's live connections on one event loop. Its methods run on that loop.
final class HubShard: Sendable {
    let loop: EventLoop
    /// Owns this, and ends when its tenant's place does.
    private weak let hub: Hub?
    private let epoch: AuthEpoch
    private let clock: any TimeSource
    private let state = Mutex(State())

    private struct State: Sendable {
        var members: [ObjectIdentifier: Subscriber] = [:]
        /// Up to where this loop has been told.
        var delivered: Int64 = 0
        /// The last of what was told, without gaps.
        var recent: [LiveBatch] = []
        /// Those to look after.
        var pending: [Subscriber] = []
        var isTending = false
        /// When the next deadline is looked at.
        var alarm: Instant?
    }

    /// Batches kept for connections that miss a moment while their session is read again.
    private static let recentLimit = 64
    /// Connections looked after before the loop does something else.
    private static let slice = 32

    init(_ loop: EventLoop, _ hub: Hub) {
        self.loop = loop
        self.hub = hub
        epoch = hub.epoch
        clock = hub.clock
    }

    var isEmpty: Bool { state.withLock { $0.members.isEmpty } }
    /// Up to where the log has been told on this loop.
    var told: Int64 { state.withLock { $0.delivered } }

    func add(_ subscriber: Subscriber) {
        state.withLock { $0.members[ObjectIdentifier(subscriber)] = subscriber }
        watch(subscriber.deadline)
    }

    func remove(_ subscriber: Subscriber) {
        state.withLock { state in
            state.members[ObjectIdentifier(subscriber)] = nil
            if state.members.isEmpty { state.recent = [] }
        }
    }

    /// Tells what has happened to all who are up to it.
    func deliver(_ batch: LiveBatch) {
        let members = state.withLock { state in
            // What was told before a pause does not join on to this.
            if state.delivered != batch.from { state.recent = [] }
            state.delivered = max(state.delivered, batch.to)
            state.recent.append(batch)
            if state.recent.count > Self.recentLimit { state.recent.removeFirst() }
            return Array(state.members.values)
        }
        let epoch = epoch.current
        tend(members.filter { !$0.receive(batch, epoch: epoch) })
    }

    /// Reads again who everybody is: something has changed about that.
    func renewAll() {
        let epoch = epoch.current
        tend(state.withLock { $0.members.values.filter { !$0.isCurrent(epoch) } })
    }

    func closeAll(_ code: CloseCode) {
        for subscriber in state.withLock({ Array($0.members.values) }) { subscriber.connection.close(code) }
    }

    /// Looks after connections, a few at a time, so that many of them do not keep the loop from its other work.
    func tend(_ subscribers: [Subscriber]) {
        guard !subscribers.isEmpty, let hub else { return }
        let isFirst = state.withLock { state in
            state.pending += subscribers
            defer { state.isTending = true }
            return !state.isTending
        }
        guard isFirst else { return }
        Task(executorPreference: loop) { [self] in
            var count = 0
            while let subscriber = next() {
                await look(after: subscriber, hub)
                count += 1
                if count % Self.slice == 0 { await Task.yield() }
            }
        }
    }

    private func next() -> Subscriber? {
        state.withLock { state in
            guard let last = state.pending.popLast() else {
                state.isTending = false
                return nil
            }
            return last
        }
    }

    private func look(after subscriber: Subscriber, _ hub: Hub) async {
        guard subscriber.connection.isOpen, await hub.renew(subscriber, slot: loop.index),
            subscriber.phase == .behind
        else { return }
        let (recent, delivered) = state.withLock { ($0.recent, $0.delivered) }
        if subscriber.position < delivered {
            guard let first = recent.first, first.from <= subscriber.position else {
                subscriber.beginReplay()
                Task(executorPreference: loop) { [self] in await replay(subscriber, hub) }
                return
            }
            for batch in recent where batch.to > subscriber.position { subscriber.catchUp(batch) }
        }
        // Nothing has run on this loop since `delivered` was read.
        subscriber.settle()
    }

    /// Tells what a connection has missed, as fast as its client takes it.
    func replay(_ subscriber: Subscriber, _ hub: Hub) async {
        do {
            while subscriber.connection.isOpen, await hub.renew(subscriber, slot: loop.index) {
                let from = subscriber.position
                guard let batch = try await hub.batch(after: from, slot: loop.index) else {
                    if from >= told { return subscriber.settle() }
                    await Task.yield()
                    continue
                }
                subscriber.catchUp(batch)
                guard await subscriber.connection.room() else { return }
            }
        } catch {
            hub.log?.write(
                .error, "missed events could not be read", tenant: hub.tenant, ["error": .text("\(error)")])
            subscriber.connection.close(.tryAgainLater)
        }
    }
}

// Deadlines: to sign in, and to sign in again.
extension HubShard {
    /// The least time between two looks.
    private static let grain = Duration.milliseconds(250)
    /// A look at least this often while somebody is there, so that a change of the system's clock is noticed.
    private static let longest = Duration.seconds(30)

    /// Looks at deadlines at a moment, or sooner.
    func watch(_ deadline: Instant) {
        let now = clock.now
        let at = min(max(deadline, now + Self.grain), now + Self.longest)
        let isSooner = state.withLock { state in
            if let alarm = state.alarm, alarm <= at { return false }
            state.alarm = at
            return true
        }
        guard isSooner else { return }
        Task.detached { [weak self] in
            try? await Task.sleep(for: at - now)
            guard let self else { return }
            loop.submit { self.expire(at) }
        }
    }

    private func expire(_ alarm: Instant) {
        let members = state.withLock { state -> [Subscriber] in
            // Another look has been asked for in the place of this one.
            guard state.alarm == alarm else { return [] }
            state.alarm = nil
            return Array(state.members.values)
        }
        guard !members.isEmpty, let hub else { return }
        let now = clock.now
        var next: Instant?
        for subscriber in members {
            if subscriber.deadline <= now {
                hub.expire(subscriber, slot: loop.index)
            } else {
                next = min(next ?? .maximum, subscriber.deadline)
            }
        }
        if let next { watch(next) }
    }
}
