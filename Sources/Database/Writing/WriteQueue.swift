internal import StoreAPI
internal import Synchronization

/// What waits to be written to one database, and whether the database stands in line for a writer thread.
final class WriteQueue: Sendable {
    private struct State {
        var items = Queue<WriteItem>()
        var isInLine = false
        var isClosed = false
        var isIdleCheckDue = false
        var closing: CheckedContinuation<Void, Never>?
    }

    enum Admission {
        /// It waits; `isFirst` when the database must be put in line for a thread.
        case waits(isFirst: Bool)
        case refused(StoreError)
    }

    private let state = Mutex(State())
    private let configuration: DatabaseConfiguration
    private let counters: Counters

    init(configuration: DatabaseConfiguration, counters: Counters) {
        self.configuration = configuration
        self.counters = counters
    }

    /// Adds an item unless too many wait.
    func admit(_ item: WriteItem) -> Admission {
        let admission = state.withLock { state -> Admission in
            if state.isClosed { return .refused(StoreError(.closed, "the database is closed")) }
            guard state.items.count < configuration.waitingWritesPerDatabase,
                counters.waitingWrites.load(ordering: .relaxed) < configuration.waitingWrites
            else { return .refused(StoreError(.overloaded, "too many writes wait")) }
            state.items.append(item)
            counters.waitingWrites.add(1, ordering: .relaxed)
            defer { state.isInLine = true }
            return .waits(isFirst: !state.isInLine)
        }
        if case .refused(let error) = admission, error.kind == .overloaded {
            counters.writesRefused.add(1, ordering: .relaxed)
        }
        return admission
    }

    /// The next member, unless exclusive work is next.
    func popMember() -> (any WriteMember)? {
        state.withLock { state in
            guard case .member(let member) = state.items.first else { return nil }
            _ = state.items.popFirst()
            counters.waitingWrites.subtract(1, ordering: .relaxed)
            return member
        }
    }

    /// The next exclusive work, unless a member is next.
    func popExclusive() -> ExclusiveWork? {
        state.withLock { state in
            guard case .exclusive(let work) = state.items.first else { return nil }
            _ = state.items.popFirst()
            counters.waitingWrites.subtract(1, ordering: .relaxed)
            return work
        }
    }

    /// Takes everything out, after the file could not be opened.
    func popAll() -> [WriteItem] {
        state.withLock { state in
            let items = state.items.removeAll()
            counters.waitingWrites.subtract(items.count, ordering: .relaxed)
            return items
        }
    }

    /// Asks for a look at whether the database is idle.
    ///
    /// - Returns: whether the database must be put in line for a thread.
    func askIdleCheck() -> Bool {
        state.withLock { state in
            state.isIdleCheckDue = true
            defer { state.isInLine = true }
            return !state.isInLine
        }
    }

    /// Whether the look was asked for and nothing waits; if something waits, the look comes after it.
    func takeIdleCheck() -> Bool {
        state.withLock { state in
            guard state.isIdleCheckDue, state.items.isEmpty else { return false }
            state.isIdleCheckDue = false
            return true
        }
    }

    /// Ends a turn.
    ///
    /// - Returns: whether the database stays in line.
    func endTurn() -> Bool {
        let (isInLine, closing) = state.withLock { state in
            state.isInLine = !state.items.isEmpty || state.isIdleCheckDue
            guard !state.isInLine else { return (true, CheckedContinuation<Void, Never>?.none) }
            defer { state.closing = nil }
            return (false, state.closing)
        }
        closing?.resume()
        return isInLine
    }

    /// Admits nothing more and waits until what was admitted is done. Called once.
    func close() async {
        await withCheckedContinuation { continuation in
            let isDone = state.withLock { state in
                state.isClosed = true
                if state.isInLine { state.closing = continuation }
                return !state.isInLine
            }
            if isDone { continuation.resume() }
        }
    }
}
