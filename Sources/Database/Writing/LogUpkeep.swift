internal import CSQLite
internal import Synchronization

/// When the write-ahead log of one database is copied into the file and when it is emptied.
struct LogUpkeep {
    private let configuration: DatabaseConfiguration
    private var pagesAtLastCheckpoint = 0
    private var lastWrite: Int64 = 0
    private var isIdleCheckWaiting = false

    init(configuration: DatabaseConfiguration) { self.configuration = configuration }

    /// Checkpoints after a turn if the log has grown enough.
    ///
    /// - Returns: whether an idle check is to be asked for.
    mutating func afterTurn(_ connection: Connection, counters: Counters) -> Bool {
        lastWrite = MonotonicClock.now()
        let pages = connection.logPages
        if pages < pagesAtLastCheckpoint { pagesAtLastCheckpoint = 0 }  // the log began anew
        if pages * Self.pageBytes > configuration.logBytes,
            pages - pagesAtLastCheckpoint >= configuration.checkpointPages
        {
            checkpoint(connection, SQLITE_CHECKPOINT_TRUNCATE, counters)
        } else if pages - pagesAtLastCheckpoint >= configuration.checkpointPages {
            checkpoint(connection, SQLITE_CHECKPOINT_PASSIVE, counters)
        }
        guard !isIdleCheckWaiting else { return false }
        isIdleCheckWaiting = true
        return true
    }

    /// Empties the log, and the connection's memory, if nothing has been written for a while.
    ///
    /// - Returns: when to look again, by the monotonic clock, if it is too early.
    mutating func whenIdle(_ connection: Connection, counters: Counters) -> Int64? {
        let due = lastWrite + configuration.idleTime.nanoseconds
        guard MonotonicClock.now() >= due else { return due }
        isIdleCheckWaiting = false
        if connection.logPages > 0 {
            // Without waiting: a reader in the way means that the log stays until the next writes.
            sqlite3_busy_timeout(connection.handle, 0)
            checkpoint(connection, SQLITE_CHECKPOINT_TRUNCATE, counters)
            sqlite3_busy_timeout(connection.handle, Connection.writerPatience)
        }
        connection.trim()
        return nil
    }

    /// The check that was asked for found no connection.
    mutating func forgetIdleCheck() { isIdleCheckWaiting = false }

    private mutating func checkpoint(_ connection: Connection, _ mode: Int32, _ counters: Counters) {
        var inLog: Int32 = 0
        var copied: Int32 = 0
        let code = sqlite3_wal_checkpoint_v2(connection.handle, nil, mode, &inLog, &copied)
        counters.checkpoints.add(1, ordering: .relaxed)
        if code == SQLITE_OK, mode == SQLITE_CHECKPOINT_TRUNCATE { connection.logPages = 0 }
        pagesAtLastCheckpoint = connection.logPages
    }

    private static let pageBytes = 4_096
}
