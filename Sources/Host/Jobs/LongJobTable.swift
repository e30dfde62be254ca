import Database
import PluginAPI

/// Long jobs: those that wait, the ones that run, and for a while what came of the others.
enum LongJobTable {
    static let migration = Migration(
        "000-long-jobs",
        """
        CREATE TABLE portico_long_job (
            id TEXT PRIMARY KEY,
            plugin TEXT NOT NULL,
            name TEXT NOT NULL,
            person_id TEXT,
            payload BLOB NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed', 'cancelled')),
            at INTEGER NOT NULL,
            runner TEXT,
            attempts INTEGER NOT NULL DEFAULT 0,
            done INTEGER NOT NULL DEFAULT 0,
            total INTEGER NOT NULL DEFAULT 0,
            is_cancelled INTEGER NOT NULL DEFAULT 0,
            result BLOB,
            error_code TEXT,
            error_message TEXT,
            last_error TEXT,
            request_id TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            finished_at INTEGER,
            kept_until INTEGER
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX portico_long_job_due ON portico_long_job (state, at);
        CREATE INDEX portico_long_job_end ON portico_long_job (kept_until) WHERE kept_until IS NOT NULL;
        """)

    /// Runs that a job gets, those counted that ended with the process.
    static let attemptLimit = 5

    static func add(
        _ id: LongJobID, _ name: String, payload: [UInt8], for person: PersonID?, _ origin: Origin, _ host: HostWriter
    ) throws(StoreError) {
        let now = origin.now.microseconds
        try host.run(
            """
            INSERT INTO portico_long_job (id, plugin, name, person_id, payload, state, at, request_id, created_at)
            VALUES (\(id), \(origin.plugin), \(name), \(person), \(Sealed(LongJobBytes(payload))), 'waiting', \(now),
                \(origin.requestID), \(now))
            """)
        host.note(LongWorkDue(at: origin.now))
    }

    static func record(_ id: LongJobID, plugin: String, _ tables: some Queries) throws(StoreError) -> LongJobRecord? {
        try tables.first("SELECT * FROM portico_long_job WHERE id = \(id) AND plugin = \(plugin)", as: LongJobRow.self)?
            .record
    }

    /// The host's job of a name that somebody last asked for.
    static func latest(_ name: String, for person: PersonID, _ tables: some Queries) throws(StoreError)
        -> LongJobRecord?
    {
        try tables.first(
            """
            SELECT * FROM portico_long_job WHERE person_id = \(person) AND name = \(name)
            AND plugin = \(Owner.host.id) ORDER BY created_at DESC, id DESC LIMIT 1
            """, as: LongJobRow.self)?.record
    }

    /// Takes the job that waits longest; one whose process has ended counts as waiting.
    static func claim(by runner: String, now: Instant, _ host: HostWriter) throws(StoreError) -> LongJobRow? {
        guard
            let id: LongJobID = try host.value(
                """
                SELECT id FROM portico_long_job WHERE state = 'waiting' AND at <= \(now.microseconds)
                OR state = 'running' AND runner <> \(runner) ORDER BY at, id LIMIT 1
                """)
        else { return nil }
        try host.run(
            """
            UPDATE portico_long_job SET state = 'running', runner = \(runner), attempts = attempts + 1 WHERE id = \(id)
            """)
        return try host.first("SELECT * FROM portico_long_job WHERE id = \(id)")
    }

    /// When the next job can be taken.
    static func nextDue(by runner: String, _ tables: some Queries) throws(StoreError) -> Instant? {
        try tables.value(
            """
            SELECT at FROM portico_long_job WHERE state = 'waiting' OR state = 'running' AND runner <> \(runner)
            ORDER BY at LIMIT 1
            """, as: Int64.self
        ).map { Instant(microseconds: $0) }
    }

    /// Keeps how far a job is.
    ///
    /// - Returns: false when it was taken back.
    static func report(_ id: LongJobID, _ done: Int, of total: Int, _ host: HostWriter) throws(StoreError) -> Bool {
        try host.run(
            """
            UPDATE portico_long_job SET done = \(done), total = \(total)
            WHERE id = \(id) AND state = 'running' AND is_cancelled = 0
            """) > 0
    }

    /// The end of a job.
    static func finish(
        _ id: LongJobID, _ state: LongJobState, result: [UInt8]? = nil, error: LongJobError? = nil,
        log: String? = nil, keptFor: Duration, now: Instant, _ host: HostWriter
    ) throws(StoreError) {
        try host.run(
            """
            UPDATE portico_long_job SET state = \(state.rawValue), result = \(result.map { Sealed(LongJobBytes($0)) }),
                error_code = \(error?.code), error_message = \(error?.message), last_error = COALESCE(\(log), last_error),
                finished_at = \(now.microseconds), kept_until = \((now + keptFor).microseconds), runner = NULL
            WHERE id = \(id) AND state IN ('running', 'waiting')
            """)
    }

    /// Puts a job back that did not come to its end.
    ///
    /// - Parameter error: why; nil when the process is about to end, which counts for nothing.
    static func putBack(_ id: LongJobID, at: Instant, error: String?, _ host: HostWriter) throws(StoreError) {
        let uncounted = error == nil ? 1 : 0
        try host.run(
            """
            UPDATE portico_long_job SET state = 'waiting', at = \(at.microseconds), runner = NULL,
                attempts = attempts - \(uncounted), last_error = COALESCE(\(error), last_error)
            WHERE id = \(id) AND state = 'running'
            """)
    }

    /// Takes a job back.
    static func cancel(_ id: LongJobID, plugin: String, now: Instant, _ host: HostWriter) throws(StoreError) {
        try host.run(
            "UPDATE portico_long_job SET is_cancelled = 1 WHERE id = \(id) AND plugin = \(plugin) AND state = 'running'"
        )
        let waits = try host.value(
            "SELECT 1 FROM portico_long_job WHERE id = \(id) AND plugin = \(plugin) AND state = 'waiting'", as: Int.self
        )
        if waits != nil { try finish(id, .cancelled, keptFor: .seconds(86_400), now: now, host) }
    }

    /// Lets a job that failed run again, with all its runs before it.
    static func revive(_ id: LongJobID, now: Instant, _ host: HostWriter) throws(StoreError) {
        let revived = try host.run(
            """
            UPDATE portico_long_job SET state = 'waiting', at = \(now.microseconds), attempts = 0, is_cancelled = 0,
                error_code = NULL, error_message = NULL, finished_at = NULL, kept_until = NULL
            WHERE id = \(id) AND state = 'failed'
            """)
        if revived > 0 { host.note(LongWorkDue(at: now)) }
    }

    /// Forgets results that nobody needs to ask for any more, a few at a time.
    static func trim(now: Instant, _ host: HostWriter) throws(StoreError) {
        try host.run(
            """
            DELETE FROM portico_long_job WHERE id IN (
                SELECT id FROM portico_long_job WHERE kept_until <= \(now.microseconds) ORDER BY kept_until LIMIT 1000)
            """)
    }
}

/// A long job as it is stored.
struct LongJobRow: Record {
    let record: LongJobRecord
    let plugin: String
    let payload: [UInt8]
    let attempts: Int
    let requestID: String

    init(row: borrowing Row) throws(StoreError) {
        let code: String? = try row.get("error_code")
        let message: String? = try row.get("error_message")
        record = LongJobRecord(
            id: try row.get("id"), name: try row.get("name"), person: try row.get("person_id"),
            state: LongJobState(rawValue: try row.get("state")) ?? .failed, done: try row.get("done"),
            total: try row.get("total"),
            result: try row.get("result", as: Sealed<LongJobBytes>?.self)?.value.sealedBytes,
            error: code.map { LongJobError(code: $0, message: message ?? "") },
            createdAt: Instant(microseconds: try row.get("created_at")),
            finishedAt: try row.get("finished_at", as: Int64?.self).map { Instant(microseconds: $0) })
        plugin = try row.get("plugin")
        payload = try row.get("payload", as: Sealed<LongJobBytes>.self).value.sealedBytes
        attempts = try row.get("attempts")
        requestID = try row.get("request_id")
    }
}

/// What a long job is given and what comes of it, sealed at rest: it may be about people.
private struct LongJobBytes: Sealable {
    static let sealTag = "long-job"
    let sealedBytes: [UInt8]

    init(_ bytes: [UInt8]) { sealedBytes = bytes }
    init?(sealedBytes: [UInt8]) { self.sealedBytes = sealedBytes }
}
