internal import StoreAPI
internal import Synchronization

/// Where one connection of a database lies while nobody uses it: the writer's, or that of one reader slot.
final class HandlePlace: Sendable {
    enum Taken {
        case connection(Connection)
        /// Somebody uses it at this moment.
        case lent
        /// There is none; it is to be opened.
        case empty
        /// There will be none any more.
        case shut
    }

    private struct State {
        var connection: Connection?
        var isLent = false
        var isShut = false
        var waiting: [CheckedContinuation<Void, Never>] = []
        var shutting: CheckedContinuation<Connection?, Never>?
    }

    private let state = Mutex(State())
    /// Written by whoever lays a connection in and read by whoever takes it out. The mutex orders the two as well, but where
    /// it was waited for, inside the library, the thread sanitizer does not see it.
    private let handOver = Atomic<Bool>(false)
    /// By the monotonic clock, in nanoseconds.
    let lastUsed = Atomic<Int64>(0)
    /// Whether a ``ReaderCheck`` is to come.
    let isWatched = Atomic(false)

    /// Takes the connection out.
    func take() -> Taken {
        let taken: Taken = state.withLock { state in
            if state.isShut { return .shut }
            if state.isLent { return .lent }
            guard let connection = state.connection else { return .empty }
            state.isLent = true
            return .connection(connection)
        }
        _ = handOver.load(ordering: .acquiring)
        return taken
    }

    /// Puts the connection back, or nothing when it has been closed.
    func putBack(_ connection: Connection?) {
        handOver.store(true, ordering: .releasing)
        let (waiting, shutting) = state.withLock { state in
            state.isLent = false
            state.connection = state.isShut ? nil : connection
            defer { (state.waiting, state.shutting) = ([], nil) }
            return (state.waiting, state.shutting)
        }
        shutting?.resume(returning: connection)
        for continuation in waiting { continuation.resume() }
    }

    /// Lays a new connection in.
    ///
    /// - Returns: false when the place was shut in the meantime.
    func fill(_ connection: Connection) -> Bool {
        handOver.store(true, ordering: .releasing)
        return state.withLock { state in
            guard !state.isShut, state.connection == nil else { return false }
            state.connection = connection
            return true
        }
    }

    /// Takes the connection away for closing, unless somebody uses it.
    func evict() -> Connection? {
        let evicted: Connection? = state.withLock { state in
            guard !state.isLent, !state.isShut else { return nil }
            defer { state.connection = nil }
            return state.connection
        }
        _ = handOver.load(ordering: .acquiring)
        return evicted
    }

    /// Whether a connection belongs here now, in use or not.
    var isOpen: Bool { state.withLock { $0.connection != nil } }

    /// Waits until somebody has put the connection back.
    ///
    /// - Returns: false when too many wait.
    func waitUntilFree(capacity: Int) async -> Bool {
        guard state.withLock({ $0.waiting.count < capacity }) else { return false }
        await withCheckedContinuation { continuation in
            let isFree = state.withLock { state in
                if state.isLent { state.waiting.append(continuation) }
                return !state.isLent
            }
            if isFree { continuation.resume() }
        }
        return true
    }

    /// Shuts the place for good and waits for the connection, which the caller closes.
    func shut() async -> Connection? {
        defer { _ = handOver.load(ordering: .acquiring) }
        return await withCheckedContinuation { continuation in
            let idle: Connection?? = state.withLock { state in
                state.isShut = true
                if state.isLent {
                    state.shutting = continuation
                    return .none
                }
                defer { state.connection = nil }
                return .some(state.connection)
            }
            if let idle { continuation.resume(returning: idle) }
        }
    }
}
