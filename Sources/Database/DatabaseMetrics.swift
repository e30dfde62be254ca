internal import Synchronization

/// What has happened since the engine was made; no figure names a database.
public struct DatabaseMetrics: Sendable, Equatable {
    /// Connections open now.
    public var openHandles = 0
    /// Connections opened so far.
    public var handlesOpened = 0
    /// Connections closed to stay within the budget.
    public var handlesEvicted = 0
    /// Writes waiting now.
    public var waitingWrites = 0
    /// Writes refused because too many waited.
    public var writesRefused = 0
    /// Commit groups that were committed.
    public var groups = 0
    /// Writes that were committed.
    public var writes = 0
    /// Commit groups that were lost and whose members were run again.
    public var groupsLost = 0
    /// Reads and writes that were interrupted at their time limit.
    public var interruptions = 0
    /// Checkpoints made.
    public var checkpoints = 0
}

/// The counters behind ``DatabaseMetrics``.
final class Counters: Sendable {
    let handlesOpened = Atomic(0)
    let handlesEvicted = Atomic(0)
    let waitingWrites = Atomic(0)
    let writesRefused = Atomic(0)
    let groups = Atomic(0)
    let writes = Atomic(0)
    let groupsLost = Atomic(0)
    let interruptions = Atomic(0)
    let checkpoints = Atomic(0)
}
