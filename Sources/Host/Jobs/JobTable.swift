import Database
import PluginAPI

/// Work asked for, by plugins and by the host: one row for each (plugin, job, key).
enum JobTable {
    static let migration = Migration(
        "000-jobs",
        """
        CREATE TABLE portico_job (
            plugin TEXT NOT NULL,
            name TEXT NOT NULL,
            key TEXT NOT NULL,
            at INTEGER NOT NULL,
            payload BLOB NOT NULL,
            request_id TEXT NOT NULL,
            attempts INTEGER NOT NULL DEFAULT 0,
            last_error TEXT,
            state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'dead')),
            PRIMARY KEY (plugin, name, key)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX portico_job_due ON portico_job (state, at);
        """)

    /// After so many failed runs a job is set aside as dead, a repeating one until its next regular run.
    static let attemptLimit = 12

    /// Asks for a job; the same key again moves it and makes it fresh.
    static func schedule(
        _ job: String, at: Instant, key: String, payload: [UInt8], _ origin: Origin, _ host: HostWriter
    ) throws(StoreError) {
        try host.run(
            """
            INSERT INTO portico_job (plugin, name, key, at, payload, request_id)
            VALUES (\(origin.plugin), \(job), \(key), \(at.microseconds), \(payload), \(origin.requestID))
            ON CONFLICT (plugin, name, key) DO UPDATE SET at = excluded.at, payload = excluded.payload,
                request_id = excluded.request_id, attempts = 0, last_error = NULL, state = 'waiting'
            """)
        host.note(WorkDue(at: at))
    }

    static func unschedule(_ job: String, key: String, plugin: String, _ host: HostWriter) throws(StoreError) {
        try host.run("DELETE FROM portico_job WHERE plugin = \(plugin) AND name = \(job) AND key = \(key)")
    }

    /// The next run of a repeating job, or the only one of another, unless one is planned already.
    static func ensure(
        _ job: String, at: Instant, key: String = "repeating", plugin: String, _ host: HostWriter
    ) throws(StoreError) {
        let added = try host.run(
            """
            INSERT INTO portico_job (plugin, name, key, at, payload, request_id)
            VALUES (\(plugin), \(job), \(key), \(at.microseconds), \(Array("{}".utf8)), \("")) ON CONFLICT DO NOTHING
            """)
        if added > 0 { host.note(WorkDue(at: at)) }
    }

    /// Asks for a job of the host at a moment, or leaves it where it is planned earlier.
    static func bring(_ job: String, to at: Instant, _ host: HostWriter) throws(StoreError) {
        try host.run(
            """
            INSERT INTO portico_job (plugin, name, key, at, payload, request_id)
            VALUES (\(Owner.host.id), \(job), \(""), \(at.microseconds), \(Array("{}".utf8)), \(""))
            ON CONFLICT (plugin, name, key) DO UPDATE SET at = min(at, excluded.at), attempts = 0, last_error = NULL,
                state = 'waiting'
            """)
        host.note(WorkDue(at: at))
    }

    /// Takes a job that is done outside of a transaction, so that it comes again if this process does not get to its end.
    static func lease(_ job: JobRow, until end: Instant, now: Instant, _ host: HostWriter) throws(StoreError) -> Bool {
        guard try claim(job, now: now, host) != nil else { return false }
        try host.run(
            """
            UPDATE portico_job SET at = \(end.microseconds)
            WHERE plugin = \(job.plugin) AND name = \(job.name) AND key = \(job.key)
            """)
        return true
    }

    /// The end of a job that was leased: it is gone, or moved to its next run, unless it was asked for again meanwhile.
    static func settle(_ job: JobRow, leasedUntil end: Instant, next: Instant?, _ host: HostWriter) throws(StoreError) {
        guard let next else {
            try host.run(
                """
                DELETE FROM portico_job WHERE plugin = \(job.plugin) AND name = \(job.name) AND key = \(job.key)
                AND at = \(end.microseconds)
                """)
            return
        }
        let moved = try host.run(
            """
            UPDATE portico_job SET at = \(next.microseconds), attempts = 0, last_error = NULL
            WHERE plugin = \(job.plugin) AND name = \(job.name) AND key = \(job.key) AND at = \(end.microseconds)
            """)
        if moved > 0 { host.note(WorkDue(at: next)) }
    }

    /// Jobs that are due, the longest waiting first.
    static func due(at now: Instant, limit: Int, _ tables: some Queries) throws(StoreError) -> [JobRow] {
        try tables.all(
            """
            SELECT * FROM portico_job WHERE state = 'waiting' AND at <= \(now.microseconds) ORDER BY at, plugin, name, key
            LIMIT \(limit)
            """)
    }

    /// A job again, if it is still the same and still due.
    static func claim(_ job: JobRow, now: Instant, _ host: HostWriter) throws(StoreError) -> JobRow? {
        try host.first(
            """
            SELECT * FROM portico_job WHERE plugin = \(job.plugin) AND name = \(job.name) AND key = \(job.key)
            AND state = 'waiting' AND at <= \(now.microseconds)
            """)
    }

    /// Removes a job that has been done, or moves it to its next run.
    static func finish(_ job: JobRow, next: Instant?, _ host: HostWriter) throws(StoreError) {
        guard let next else {
            return try unschedule(job.name, key: job.key, plugin: job.plugin, host)
        }
        try host.run(
            """
            UPDATE portico_job SET at = \(next.microseconds), attempts = 0, last_error = NULL
            WHERE plugin = \(job.plugin) AND name = \(job.name) AND key = \(job.key)
            """)
    }

    /// Notes a failed run: again after a pause that doubles from 5 seconds to an hour, or dead. A job that was asked for
    /// anew in the meantime is left as it was asked for.
    ///
    /// - Parameter next: the next regular run of a repeating job, which never dies: after the last failure it waits for
    ///   that one and is fresh again.
    static func fail(
        _ job: JobRow, _ error: String, next: Instant?, now: Instant, _ host: HostWriter
    ) throws(StoreError) {
        var attempts = job.attempts + 1
        var at = now + Backoff.pause(after: attempts)
        var state = "waiting"
        if attempts >= attemptLimit {
            if let next { (at, attempts) = (next, 0) } else { state = "dead" }
        }
        try host.run(
            """
            UPDATE portico_job SET attempts = \(attempts), last_error = \(error), state = \(state), at = \(at.microseconds)
            WHERE plugin = \(job.plugin) AND name = \(job.name) AND key = \(job.key)
            AND state = 'waiting' AND at <= \(now.microseconds) AND attempts = \(job.attempts)
            """)
    }

    /// Lets a dead job run again, with all its runs before it.
    static func revive(_ job: String, key: String, plugin: String, now: Instant, _ host: HostWriter) throws(StoreError)
    {
        let revived = try host.run(
            """
            UPDATE portico_job SET state = 'waiting', at = \(now.microseconds), attempts = 0
            WHERE plugin = \(plugin) AND name = \(job) AND key = \(key) AND state = 'dead'
            """)
        if revived > 0 { host.note(WorkDue(at: now)) }
    }

    /// The moment of the earliest waiting job.
    static func nextDue(_ tables: some Queries) throws(StoreError) -> Instant? {
        try tables.value("SELECT at FROM portico_job WHERE state = 'waiting' ORDER BY at LIMIT 1", as: Int64.self)
            .map { Instant(microseconds: $0) }
    }
}

/// A job as it waits.
struct JobRow: Record {
    let plugin: String
    let name: String
    let key: String
    let payload: [UInt8]
    let requestID: String
    let attempts: Int

    init(row: borrowing Row) throws(StoreError) {
        plugin = try row.get("plugin")
        name = try row.get("name")
        key = try row.get("key")
        payload = try row.get("payload")
        requestID = try row.get("request_id")
        attempts = try row.get("attempts")
    }
}
