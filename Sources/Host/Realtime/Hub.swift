import Database
import HTTPServer
import PluginAPI
import Synchronization

/// Tells a tenant's live connections what happens, over WebSockets and streams alike (contract §6).
///
/// The tenant's event log is the truth: a commit that publishes wakes the hub, which reads on from where it was, encodes
/// each event once and hands it to every loop that has connections. A connection that is behind reads the log by itself;
/// because all go by the same numbers, nothing is lost and nothing told twice between the two. Without connections nothing
/// is read.
final class Hub: Sendable {
    let tenant: String
    let database: Database
    let epoch: AuthEpoch
    let rules: HubRules
    let tickets = Tickets()
    private let view = Mutex<LiveView?>(nil)
    private let state = Mutex(State())
    /// Connections that follow something.
    private let followers = Atomic<Int>(0)
    /// A look at who everybody is has been asked for, and no loop has begun with it.
    private let isRenewing = Atomic<Bool>(false)

    private struct State: Sendable {
        var shards: [Int: HubShard] = [:]
        /// Up to where the log has been handed out.
        var position: Int64 = 0
        var isRunning = false
        /// Something has been committed while the log was read.
        var isAsked = false
        var seats: [PersonID: Int] = [:]
    }

    /// Events read at a time.
    private static let pageLimit = 100

    var clock: any TimeSource { rules.clock }
    var log: (any LogSink)? { rules.log }
    /// What is needed of the tenant; nil while it is closed and nobody is connected.
    var current: LiveView? { view.withLock { $0 } }

    init(tenant: String, database: Database, epoch: AuthEpoch, rules: HubRules) {
        self.tenant = tenant
        self.database = database
        self.epoch = epoch
        self.rules = rules
        epoch.onRaise { [weak self] in self?.renewAll() }
    }

    /// Goes by another runtime's view from now on.
    func use(_ view: LiveView) {
        self.view.withLock { $0 = view }
        renewAll()
    }

    /// The tenant was closed; whoever is connected stays, and what they need with them.
    func release() {
        let isEmpty = state.withLock { $0.shards.values.allSatisfy(\.isEmpty) }
        if isEmpty { view.withLock { $0 = nil } }
    }

    /// The tenant is gone.
    func closeAll() {
        for shard in shards { shard.loop.submit { shard.closeAll(.goingAway) } }
    }

    private var shards: [HubShard] { state.withLock { Array($0.shards.values) } }

    /// A loop's connections.
    func shard(of loop: EventLoop) -> HubShard {
        state.withLock { state in
            if let shard = state.shards[loop.index], shard.loop === loop { return shard }
            let shard = HubShard(loop, self)
            state.shards[loop.index] = shard
            return shard
        }
    }

    /// A place for one more connection of a person; nil when they have all they may.
    func seat(for person: PersonID) -> Seat? {
        let isFree = state.withLock { state in
            guard state.seats[person, default: 0] < rules.connectionsPerPerson else { return false }
            state.seats[person, default: 0] += 1
            return true
        }
        guard isFree else { return nil }
        return Seat(person) { [weak self] in
            self?.state.withLock { state in
                let left = state.seats[person, default: 1] - 1
                state.seats[person] = left > 0 ? left : nil
            }
        }
    }

    /// How many connections a person has.
    func seats(of person: PersonID) -> Int { state.withLock { $0.seats[person, default: 0] } }
}

// Who the connections are.
extension Hub {
    /// Something has changed about who may do what. On a writer's thread.
    private func renewAll() {
        guard !isRenewing.exchange(true, ordering: .acquiringAndReleasing) else { return }
        let shards = shards
        guard !shards.isEmpty else { return isRenewing.store(false, ordering: .releasing) }
        for shard in shards {
            let isTold = shard.loop.submit { [self] in
                isRenewing.store(false, ordering: .releasing)
                shard.renewAll()
            }
            if !isTold { isRenewing.store(false, ordering: .releasing) }
        }
    }

    /// Reads again who a connection is, if anything has changed since.
    ///
    /// - Returns: false when it is nobody any more; then it is being closed.
    func renew(_ subscriber: Subscriber, slot: Int, always: Bool = false) async -> Bool {
        guard let facts = subscriber.facts else { return true }
        guard let view = current, view.isServing else {
            subscriber.connection.close(.goingAway)
            return false
        }
        do {
            for _ in 0..<8 {
                let now = epoch.current
                if !always, subscriber.isCurrent(now) { return true }
                switch try view.auth.again(facts, slot: slot, now: clock.now) {
                case .known(let renewed):
                    // Whoever has signed in again meanwhile is known better already.
                    if subscriber.facts === facts { subscriber.identify(renewed, epoch: now) }
                    return true
                case .needsReader: try await database.openReader(slot: slot)
                case .refused(let problem):
                    subscriber.connection.close(.signIn, reason: problem.code)
                    return false
                }
            }
        } catch {
            log?.write(.error, "a session could not be read again", tenant: tenant, ["error": .text("\(error)")])
        }
        subscriber.connection.close(.tryAgainLater)
        return false
    }

    /// A deadline has passed.
    func expire(_ subscriber: Subscriber, slot: Int) {
        guard let facts = subscriber.facts else {
            return subscriber.connection.close(.authTimeout, reason: "no sign-in")
        }
        // Pages that are used go on, and with them their session.
        guard facts.idle != nil else {
            return subscriber.connection.close(.signIn, reason: Problem.tokenExpired.code)
        }
        Task(executorPreference: subscriber.connection.loop) { [self] in
            guard await renew(subscriber, slot: slot, always: true) else { return }
            shard(of: subscriber.connection.loop).watch(subscriber.deadline)
        }
    }
}

// What happens.
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

/// What holds for a tenant's live connections.
struct HubRules: Sendable {
    /// WebSockets and streams of one person at a time.
    var connectionsPerPerson = 5
    /// How long a WebSocket may take to sign in.
    var authTimeout = Duration.seconds(10)
    var clock: any TimeSource = .system
    var log: (any LogSink)?
}

/// Counts down to nothing.
private final class Remaining: Sendable {
    private let left: Atomic<Int>
    init(_ count: Int) { left = Atomic(count) }
    /// - Returns: whether it was the last.
    func down() -> Bool { left.subtract(1, ordering: .acquiringAndReleasing).newValue == 0 }
}

extension CloseCode {
    /// 4401: the credential is not good, or no more.
    static let signIn = application(4401)
    /// 4408: nobody has signed in.
    static let authTimeout = application(4408)
    /// 4429: too many connections, or messages.
    static let tooMany = application(4429)
}
