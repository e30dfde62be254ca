import PluginAPI

extension Sessions {
    /// A person's sessions that live, the last used first.
    ///
    /// - Parameters:
    ///   - idle: how long sessions of pages live without use at most, in seconds.
    ///   - page: from 1.
    static func live(
        of person: PersonID, idle: Int, now: Instant, page: Int, limit: Int, _ tables: some Queries
    ) throws(StoreError) -> (sessions: [ListedSession], total: Int) {
        let moment = now.microseconds
        let living: SQL = """
            FROM portico_session AS session
            LEFT JOIN portico_session_cookie AS cookie ON cookie.session_id = session.id
            WHERE session.person_id = \(person) AND session.ended_at IS NULL AND session.expires_at > \(moment)
                AND (cookie.session_id IS NULL
                    OR session.last_used_at + min(cookie.idle_seconds, \(idle)) * 1000000 > \(moment))
            """
        let sessions = try tables.all(
            "SELECT session.id, session.user_agent, session.created_at, session.last_used_at" + living
                + "ORDER BY session.last_used_at DESC, session.id LIMIT \(limit) OFFSET \((page - 1) * limit)",
            as: ListedSession.self)
        return (sessions, try tables.value("SELECT count(*)" + living) ?? 0)
    }

    /// Whose a session is; nil when there is none.
    static func person(of id: String, _ tables: some Queries) throws(StoreError) -> PersonID? {
        try tables.value("SELECT person_id FROM portico_session WHERE id = \(id)")
    }
}

/// A session as its person sees it.
struct ListedSession: Record, Equatable {
    let id: String
    /// `Firefox on Windows`; nil when the client did not say.
    let device: String?
    let createdAt: Instant
    /// To some minutes.
    let lastUsedAt: Instant

    init(row: borrowing Row) throws(StoreError) {
        id = try row.get(at: 0)
        device = DeviceName.of(try row.get(at: 1, as: String?.self))
        createdAt = Instant(microseconds: try row.get(at: 2))
        lastUsedAt = Instant(microseconds: try row.get(at: 3))
    }
}
