import Database
import PluginAPI
import Synchronization

/// A tenant's place in the process: what stays the same while the tenant is closed, opened and configured anew.
final class TenantSlot: Sendable {
    let slug: String
    /// Names the tenant in counters; no other tenant of this process has or had it.
    let number: UInt32
    let database: Database
    let sealer: TenantSealer
    let epoch: AuthEpoch
    let signingKeys = SigningKeyRing()
    /// The tenant's live connections.
    let hub: Hub
    let writing = BlobsInWriting()
    /// Counts the tenant's requests.
    let requests: RequestTally
    private let state = Mutex(State.closed)
    /// When a request last asked for the tenant, in seconds since 1970.
    private let lastUse = Atomic<Int64>(0)

    /// Counts the runtimes asked for in place of an open one.
    private let turns = Atomic<UInt64>(0)
    /// The turn of the newest runtime that was put in place.
    private let lastTurn = Mutex<UInt64>(0)

    private enum State {
        case closed
        case opening([CheckedContinuation<TenantRuntime, any Error>])
        case open(TenantRuntime)
    }

    init(
        slug: String, number: UInt32, database: Database, sealer: TenantSealer, epoch: AuthEpoch,
        live: HubRules = HubRules()
    ) {
        hub = Hub(tenant: slug, database: database, epoch: epoch, rules: live)
        self.slug = slug
        self.number = number
        self.database = database
        self.sealer = sealer
        self.epoch = epoch
        requests = RequestTally(database)
    }

    /// The runtime, if the tenant is open.
    var runtime: TenantRuntime? {
        state.withLock { state in
            if case .open(let runtime) = state { runtime } else { nil }
        }
    }

    /// Whether it is neither open nor opening.
    var isClosed: Bool {
        state.withLock { state in
            if case .closed = state { true } else { false }
        }
    }

    /// Notes that the tenant is in use. Written at most once a second, because all loops share it.
    func touch(_ now: Instant) {
        let seconds = now.seconds
        if lastUse.load(ordering: .relaxed) != seconds { lastUse.store(seconds, ordering: .relaxed) }
    }

    /// The moment of the last ``touch(_:)``.
    var lastTouched: Int64 { lastUse.load(ordering: .relaxed) }

    /// The runtime; whoever comes first makes it and the others wait for that.
    ///
    /// - Throws: what `make` throws; the next caller tries again.
    func open(_ make: @escaping @Sendable () async throws -> TenantRuntime) async throws -> TenantRuntime {
        try await withCheckedThrowingContinuation { continuation in
            let isFirst = state.withLock { state -> Bool in
                switch state {
                case .open(let runtime):
                    continuation.resume(returning: runtime)
                    return false
                case .opening(var waiting):
                    waiting.append(continuation)
                    state = .opening(waiting)
                    return false
                case .closed:
                    state = .opening([continuation])
                    return true
                }
            }
            // Its own task, so that the first caller's going away does not take the opening from the others.
            if isFirst { Task.detached { [self] in opened(await Result.catching(make)) } }
        }
    }

    private func opened(_ result: Result<TenantRuntime, any Error>) {
        // Before anybody finds the runtime: who connects needs it.
        if case .success(let runtime) = result { hub.use(runtime.live) }
        let waiting = state.withLock { state -> [CheckedContinuation<TenantRuntime, any Error>] in
            guard case .opening(let waiting) = state else { return [] }
            state = if case .success(let runtime) = result { .open(runtime) } else { .closed }
            return waiting
        }
        for continuation in waiting { continuation.resume(with: result) }
    }

    /// To be taken before the settings of a new runtime are read, and given to ``replace(with:turn:)``.
    func nextTurn() -> UInt64 { turns.add(1, ordering: .acquiringAndReleasing).newValue }

    /// Puts another runtime in the place of the open one, e.g. with new settings; not when one of a later turn is there
    /// already, which read settings at least as new.
    func replace(with runtime: TenantRuntime, turn: UInt64) {
        lastTurn.withLock { last in
            guard turn > last else { return }
            last = turn
            state.withLock { state in
                guard case .open = state else { return }
                state = .open(runtime)
                hub.use(runtime.live)
            }
        }
        // What was read of the accounts was read with the roles of before.
        epoch.raise()
    }

    /// Lets the runtime go; the next request makes a new one.
    func close() {
        state.withLock { state in
            if case .open = state { state = .closed }
        }
        hub.release()
    }
}

extension Result where Failure == any Error {
    fileprivate static func catching(_ body: @Sendable () async throws -> Success) async -> Self {
        do { return .success(try await body()) } catch { return .failure(error) }
    }
}
