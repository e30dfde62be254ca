/// How many threads, handles and waiting writes there may be, and how long things may take.
public struct DatabaseConfiguration: Sendable {
    /// Places for readers in each database: one for each event loop, and one for each other thread that reads.
    public var readerSlots = 2
    /// Threads that write; each database is written by at most one of them at a time.
    public var writerThreads = 4
    /// Threads that open and close files.
    public var openerThreads = 2
    /// Threads for long reads, which use connections of their own.
    public var longReadThreads = 1
    /// Connections that stay open over all databases; those least recently used are closed above it.
    ///
    /// Connections in use at the moment of opening another one are not closed for it, so there can be more for a
    /// moment: at most one for each thread.
    public var handleBudget = 2_000
    /// File descriptors left for everything else in the process, sockets above all.
    public var otherFileDescriptors = 8_192
    /// Members in one commit group.
    public var groupSize = 64
    /// How long a commit group takes new members.
    public var groupTime: Duration = .milliseconds(5)
    /// How long one read may run.
    public var readTimeLimit: Duration = .milliseconds(250)
    /// How long one write may run before it is interrupted, with its group or alone.
    public var writeTimeLimit: Duration = .seconds(1)
    /// What one write may use, when its caller says nothing else.
    public var writeBudget = WriteBudget()
    /// Writes waiting for one database.
    public var waitingWritesPerDatabase = 256
    /// Writes waiting in the process.
    public var waitingWrites = 8_192
    /// Reads, openings and slices waiting for one database.
    public var waitingReadsPerDatabase = 1_024
    /// Prepared statements kept for each connection; one takes some 6 KB.
    public var cachedStatements = 64
    /// The functions SQL may call.
    public var functions = SQLFunctions.standard
    /// The longest text or blob in bytes, in a row or in between.
    public var valueBytes = 16 * 1_024 * 1_024
    /// How much of a file readers map into memory, in bytes. None by default: with pages in the cache a read is no
    /// faster, and a disk error on a mapped page ends the process instead of the read.
    public var readerMapBytes = 0
    /// Pages in the write-ahead log after which they are copied into the file.
    public var checkpointPages = 1_000
    /// Size of the write-ahead log from which on it is emptied, with waiting for readers.
    public var logBytes = 64 * 1_024 * 1_024
    /// How long after its last write a database counts as idle, and its log is emptied.
    public var idleTime: Duration = .seconds(5)
    /// For tests: when set, every member of a group is run, undone and run again, as after a lost group, and what both
    /// runs came to is told here, on the writer's thread.
    public var rehearsal: (@Sendable (Rehearsal) -> Void)?

    public init() {}
}

/// What one write transaction may use; it ends with an error when it uses more.
public struct WriteBudget: Sendable {
    /// Rows inserted, changed and deleted, those by triggers and foreign keys included.
    public var rows: Int
    /// Statements run.
    public var statements: Int

    public init(rows: Int = 20_000, statements: Int = 5_000) {
        self.rows = rows
        self.statements = statements
    }
}

extension Duration {
    /// In nanoseconds; the longest that fits for longer ones.
    var nanoseconds: Int64 {
        let (seconds, attoseconds) = components
        let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        return overflow ? .max / 4 : min(whole + attoseconds / 1_000_000_000, .max / 4)
    }
}
