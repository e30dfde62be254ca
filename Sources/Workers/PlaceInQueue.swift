import Synchronization

/// Where a cancellable piece of work waits. Cancellation may come before, while or after it is queued; this decides
/// which, so that the work is either queued or cancelled, never both.
final class PlaceInQueue: Sendable {
    private enum State {
        case outside
        case queued(FairQueue<Job>.Ticket)
        case cancelled
    }

    private let state = Mutex(State.outside)

    /// Queues by `enqueue` unless cancelled before.
    /// - Returns: Whether it was queued.
    func enter(_ enqueue: () throws(PoolFull) -> FairQueue<Job>.Ticket) throws(PoolFull) -> Bool {
        try state.withLock { (state) throws(PoolFull) in
            if case .cancelled = state { return false }
            state = .queued(try enqueue())
            return true
        }
    }

    /// Notes the cancellation.
    /// - Returns: The ticket to withdraw, if it was queued before.
    func cancel() -> FairQueue<Job>.Ticket? {
        state.withLock { state in
            defer { state = .cancelled }
            if case .queued(let ticket) = state { return ticket }
            return nil
        }
    }
}
