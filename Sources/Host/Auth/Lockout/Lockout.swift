import PluginAPI

/// Failed sign-ins in a row, and the locks that follow from them (contract §3).
///
/// A row stands for an identifier of the tenant, existing or not, or for an identifier at a known device. It is named by a
/// keyed hash, so that the table tells nobody's address.
enum Lockout {
    /// Failures in a row that lock.
    static let limit = 5
    /// The first lock; each further one is twice as long.
    static let shortest = Duration.seconds(60)
    static let longest = Duration.seconds(3600)
    /// Failures longer ago are forgotten, and with them how long the next lock would be.
    static let memory = Duration.seconds(30 * 86_400)
    /// The most rows of a tenant; beyond them the oldest without a lock are dropped.
    static let capacity = 100_000

    /// What comes of beginning a try.
    enum Admission: Sendable, Equatable {
        /// Locked for so many more seconds; the try does not count.
        case locked(Int)
        /// It may go on, and counts as failed until it is taken back or succeeds.
        case open(didLock: Bool)
    }

    /// Counts a try before it is judged, so that many at once cannot all slip in under the limit.
    static func begin(_ subject: [UInt8], now: Instant, _ host: HostWriter) throws(StoreError) -> Admission {
        var row = try find(subject, host) ?? FailureRow()
        if let until = row.lockedUntil, now < until {
            return .locked(Int((until.microseconds - now.microseconds + 999_999) / 1_000_000))
        }
        if now - row.lastAt > memory { row = FailureRow() }
        row.lastAt = now
        row.lockedUntil = nil
        row.failures += 1
        let locks = row.failures >= limit
        if locks {
            row.lockedUntil = now + length(after: row.locks)
            row.locks += 1
            row.failures = 0
        }
        try keep(row, subject, host)
        return .open(didLock: locks)
    }

    /// Ends a row of failures: the try succeeded.
    static func clear(_ subject: [UInt8], _ host: HostWriter) throws(StoreError) {
        try host.run("DELETE FROM portico_sign_in_failure WHERE subject = \(subject)")
    }

    /// Undoes the counting of a try that was never judged.
    static func takeBack(_ subject: [UInt8], didLock: Bool, _ host: HostWriter) throws(StoreError) {
        guard var row = try find(subject, host) else { return }
        if didLock {
            row.lockedUntil = nil
            row.locks = max(0, row.locks - 1)
            row.failures = limit - 1
        } else {
            row.failures = max(0, row.failures - 1)
        }
        try keep(row, subject, host)
    }

    /// How long the next lock is after so many.
    static func length(after locks: Int) -> Duration {
        min(longest, shortest * (1 << min(locks, 16)))
    }

    /// Forgets what is long ago, so many rows at a time.
    static func trim(now: Instant, _ host: HostWriter) throws(StoreError) {
        try host.run(
            """
            DELETE FROM portico_sign_in_failure WHERE subject IN (
                SELECT subject FROM portico_sign_in_failure WHERE last_at < \((now - memory).microseconds) LIMIT 4000)
            """)
    }

    private static func find(_ subject: [UInt8], _ host: HostWriter) throws(StoreError) -> FailureRow? {
        try host.first(
            "SELECT failures, locks, locked_until, last_at FROM portico_sign_in_failure WHERE subject = \(subject)",
            as: FailureRow.self)
    }

    private static func keep(_ row: FailureRow, _ subject: [UInt8], _ host: HostWriter) throws(StoreError) {
        try host.run(
            """
            INSERT INTO portico_sign_in_failure (subject, failures, locks, locked_until, last_at)
            VALUES (\(subject), \(row.failures), \(row.locks), \(row.lockedUntil?.microseconds),
                \(row.lastAt.microseconds))
            ON CONFLICT (subject) DO UPDATE SET failures = excluded.failures, locks = excluded.locks,
                locked_until = excluded.locked_until, last_at = excluded.last_at
            """)
        // Counting all rows takes a millisecond, so one in 256 looks; the names are hashes, so this one is any.
        if subject.first == 0 { try drop(beyond: capacity, now: row.lastAt, host) }
    }

    /// Drops the oldest rows that lock nobody, until there are no more than so many.
    static func drop(beyond capacity: Int, now: Instant, _ host: HostWriter) throws(StoreError) {
        let count = try host.value("SELECT count(*) FROM portico_sign_in_failure", as: Int.self) ?? 0
        guard count > capacity else { return }
        try host.run(
            """
            DELETE FROM portico_sign_in_failure WHERE subject IN (
                SELECT subject FROM portico_sign_in_failure
                WHERE locked_until IS NULL OR locked_until <= \(now.microseconds)
                ORDER BY last_at LIMIT \(min(count - capacity, 4000)))
            """)
    }
}

/// A row of failures.
private struct FailureRow: Record {
    var failures = 0
    var locks = 0
    var lockedUntil: Instant?
    var lastAt = Instant(microseconds: 0)

    init() {}

    init(row: borrowing Row) throws(StoreError) {
        failures = try row.get("failures")
        locks = try row.get("locks")
        lockedUntil = try row.get("locked_until", as: Int64?.self).map { Instant(microseconds: $0) }
        lastAt = Instant(microseconds: try row.get("last_at"))
    }
}
