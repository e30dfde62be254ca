import Crypto
import PluginAPI

/// The cookies of sessions that pages use: 256 random bits each, stored as SHA-256. A session has one for its whole life;
/// there is nothing to refresh (docs/decisions/0011).
enum SessionCookies {
    static let migration = Migration(
        "000-auth-6-session-cookies",
        """
        CREATE TABLE portico_session_cookie (
            hash BLOB PRIMARY KEY,
            session_id TEXT NOT NULL UNIQUE REFERENCES portico_session (id) ON DELETE CASCADE,
            idle_seconds INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        """)

    static func hash(_ secret: ArraySlice<UInt8>) -> Digest256 { SHA256.hash(Array(secret)) }

    /// Keeps a session's cookie.
    ///
    /// - Parameter idle: how long the session lives without use, in seconds.
    static func add(_ secret: String, session: String, idle: Int, _ host: HostWriter) throws(StoreError) {
        try host.run(
            """
            INSERT INTO portico_session_cookie (hash, session_id, idle_seconds)
            VALUES (\(hash(Array(secret.utf8)[...]).bytes), \(session), \(idle))
            """)
    }

    /// What a cookie stands for; nil when nobody has it.
    static func find(_ hash: Digest256, _ tables: some Queries) throws(StoreError) -> Found? {
        try tables.first(
            """
            SELECT cookie.session_id, cookie.idle_seconds, session.last_used_at FROM portico_session_cookie AS cookie
            JOIN portico_session AS session ON session.id = cookie.session_id WHERE cookie.hash = \(hash.bytes)
            """, as: Found.self)
    }

    /// The session of a cookie.
    struct Found: Record {
        let session: String
        /// How long it lives without use, in seconds.
        let idle: Int
        let lastUsedAt: Instant

        init(row: borrowing Row) throws(StoreError) {
            session = try row.get(at: 0)
            idle = try row.get(at: 1)
            lastUsedAt = Instant(microseconds: try row.get(at: 2))
        }
    }
}
