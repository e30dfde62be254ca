/// A write that was run twice, the first run undone: what a closure with an effect outside its session gives away.
public struct Rehearsal: Sendable {
    /// In whose name it wrote.
    public let owner: Owner
    /// The run that was undone, and the run that counts.
    public let first: Run, second: Run

    /// One of the two runs.
    public struct Run: Sendable {
        /// What the closure returned; nil when it threw.
        public let outcome: (any Sendable)?
        /// What it threw.
        public let error: (any Error)?
        /// Rows inserted, changed and deleted.
        public let changes: Int
    }
}
