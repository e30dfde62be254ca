internal import StoreAPI
internal import Synchronization

/// Jobs of one database that run one after the other on the threads of a pool, taking turns with other databases.
final class SerialQueue: TurnTaker {
    typealias Job = @Sendable () -> Void

    private struct State {
        var jobs = Queue<Job>()
        var isInLine = false
    }

    private let state = Mutex(State())
    let pool: TurnPool
    private let capacity: Int

    init(pool: TurnPool, capacity: Int) {
        self.pool = pool
        self.capacity = capacity
    }

    /// Adds a job.
    ///
    /// - Throws: ``StoreError`` of kind `.overloaded` when too many wait.
    func submit(_ job: @escaping Job) throws(StoreError) {
        enum Outcome { case full, inLine, first }
        let outcome = state.withLock { state -> Outcome in
            guard state.jobs.count < capacity else { return .full }
            state.jobs.append(job)
            defer { state.isInLine = true }
            return state.isInLine ? .inLine : .first
        }
        switch outcome {
        case .full: throw StoreError(.overloaded, "\(capacity) jobs wait already")
        case .inLine: break
        case .first: pool.enqueue(self)
        }
    }

    func takeTurn() -> Bool {
        let job = state.withLock { $0.jobs.popFirst() }
        job?()
        return state.withLock { state in
            state.isInLine = !state.jobs.isEmpty
            return state.isInLine
        }
    }
}
