import Crypto
import PluginAPI

/// Refresh tokens: 256 random bits, stored as SHA-256, used once each (RFC 9700 §4.14).
enum RefreshTokens {
    /// A used token shown again this soon by the same client is a second tab, not a thief (contract §3).
    static let grace = Duration.seconds(10)

    /// What showing a token comes to.
    enum Verdict: Sendable {
        /// It is the last of its session, which lives.
        case good(Shown)
        /// Unknown, or its session is over.
        case refused
        /// Used already a moment ago by the same client: the answer to that use is on its way.
        case raced(session: String, person: PersonID)
        /// Used already: somebody else may have it.
        case reused(session: String, person: PersonID)
    }

    /// A token and its session.
    struct Shown: Sendable {
        let session: String
        let plugin: String
        let role: String
        let live: LiveSession
    }

    static func hash(_ token: String) -> [UInt8] { SHA256.hash(Array(token.utf8)).bytes }

    /// Keeps a token.
    static func add(_ token: String, session: String, _ now: Instant, _ host: HostWriter) throws(StoreError) {
        try host.run(
            """
            INSERT INTO portico_refresh_token (hash, session_id, issued_at)
            VALUES (\(hash(token)), \(session), \(now.microseconds))
            """)
    }

    /// Judges a token that is shown.
    static func judge(_ token: String, _ origin: Origin, _ tables: some Queries) throws(StoreError) -> Verdict {
        let found = try tables.first(
            """
            SELECT token.session_id, token.used_at, token.address, token.user_agent, session.plugin, session.role,
                successor.used_at AS successor_used_at
            FROM portico_refresh_token AS token
            JOIN portico_session AS session ON session.id = token.session_id
            LEFT JOIN portico_refresh_token AS successor ON successor.hash = token.successor
            WHERE token.hash = \(hash(token))
            """, as: TokenRow.self)
        guard let found, let live = try Sessions.find(found.session, tables), live.isLive(at: origin.now) else {
            return .refused
        }
        guard let usedAt = found.usedAt else {
            return .good(Shown(session: found.session, plugin: found.plugin, role: found.role, live: live))
        }
        let isSameClient = found.address == origin.address && found.userAgent == origin.boundedUserAgent
        let isUnused = found.successorUsedAt == nil
        if isSameClient, isUnused, origin.now - usedAt <= grace {
            return .raced(session: found.session, person: live.person)
        }
        return .reused(session: found.session, person: live.person)
    }

    /// Puts another token in the place of one that is used now.
    static func rotate(
        _ token: String, to successor: String, session: String, _ origin: Origin, _ host: HostWriter
    ) throws(StoreError) {
        let now = origin.now
        try host.run(
            """
            UPDATE portico_refresh_token SET used_at = \(now.microseconds), successor = \(hash(successor)),
                address = \(origin.address), user_agent = \(origin.boundedUserAgent)
            WHERE hash = \(hash(token))
            """)
        try add(successor, session: session, now, host)
        try host.run("UPDATE portico_session SET last_used_at = \(now.microseconds) WHERE id = \(session)")
    }
}

/// A token as it lies beside its session.
private struct TokenRow: Record {
    let session: String
    let usedAt: Instant?
    /// Of whoever used it.
    let address: String?
    let userAgent: String?
    let plugin: String
    let role: String
    let successorUsedAt: Instant?

    init(row: borrowing Row) throws(StoreError) {
        session = try row.get("session_id")
        usedAt = try row.get("used_at", as: Int64?.self).map { Instant(microseconds: $0) }
        address = try row.get("address")
        userAgent = try row.get("user_agent")
        plugin = try row.get("plugin")
        role = try row.get("role")
        successorUsedAt = try row.get("successor_used_at", as: Int64?.self).map { Instant(microseconds: $0) }
    }
}
