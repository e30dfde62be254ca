/// What a ``WorkerPool`` holds and has done, all read at one moment.
public struct WorkerMetrics: Sendable, Equatable {
    /// Pieces of work that wait.
    public var queued = 0
    /// Keys that have work waiting.
    public var keysWaiting = 0
    /// Pieces of work that run now.
    public var running = 0
    /// Threads that exist now.
    public var threads = 0
    /// Pieces of work finished since the pool was made, by a result or an error.
    public var done: UInt64 = 0
    /// Pieces of work refused since the pool was made.
    public var refused: UInt64 = 0
    /// Pieces of work taken out of the queue because their waiter was cancelled.
    public var cancelled: UInt64 = 0
}
