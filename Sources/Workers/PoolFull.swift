/// The refusal of a ``WorkerPool``: the work was not queued and will not run.
public struct PoolFull: Error, Sendable, Equatable {
    /// Why there was no room.
    public enum Reason: Sendable, Equatable {
        /// The whole queue is full.
        case queueFull
        /// This key holds its share of the queue already; others may still have room.
        case keyShareUsed
        /// The pool takes no more work because it is closing.
        case closing
        /// The pool has no thread and the system gave it none.
        case noThread
    }

    /// Why there was no room.
    public let reason: Reason

    /// When to try again, in whole seconds, 1 to 60: an estimate from the work that waits and the time work took lately,
    /// fit for a `Retry-After` header (RFC 9110 §10.2.3).
    public let retryAfterSeconds: Int

    /// Makes a refusal, also for tests of those who handle it.
    /// - Parameters:
    ///   - reason: Why there was no room.
    ///   - retryAfterSeconds: When to try again; brought into 1 to 60.
    public init(reason: Reason, retryAfterSeconds: Int) {
        self.reason = reason
        self.retryAfterSeconds = min(max(retryAfterSeconds, 1), 60)
    }
}
