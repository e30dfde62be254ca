import PluginAPI

/// Sign-ins and how they end.
enum Sessions {
    /// A sign-in that is about to be kept.
    struct New: Sendable {
        let id: String
        let person: PersonID
        let plugin: String
        let role: String
        let methods: Set<String>
        let expiresAt: Instant
    }

    /// An id for a session that is about to be made.
    static func newID(at now: Instant) -> String { Identifier.make("ses", at: now) }

    /// Keeps a sign-in.
    static func add(_ session: New, _ origin: Origin, _ host: HostWriter) throws(StoreError) {
        let now = origin.now.microseconds
        try host.run(
            """
            INSERT INTO portico_session (id, person_id, plugin, role, methods, address, user_agent, created_at,
                last_used_at, expires_at)
            VALUES (\(session.id), \(session.person), \(session.plugin), \(session.role),
                \(session.methods.sorted().joined(separator: " ")), \(origin.address), \(origin.boundedUserAgent),
                \(now), \(now), \(session.expiresAt.microseconds))
            """)
        let details: JSON = [
            "plugin": .string(session.plugin), "role": .string(session.role),
            "methods": .array(session.methods.sorted().map { .string($0) }),
        ]
        try audit("session.started", session.id, of: session.person, details, origin, host)
        try tell(session, origin, host)
    }

    /// Tells plugins that somebody signed in, where one listens: most sign-ins are nobody's business.
    private static func tell(_ session: New, _ origin: Origin, _ host: HostWriter) throws(StoreError) {
        guard try EventTable.isHeard(PersonSignedIn.name, host) else { return }
        let event = PersonSignedIn(
            person: session.person, plugin: session.plugin, role: session.role, at: origin.now)
        try EventTable.append(
            PublishedEvent(
                name: PersonSignedIn.name, payload: PersonSignedIn.schema.encode(event),
                subject: Subject("session", id: session.id, owner: session.person), audience: .machines), origin, host)
    }

    /// A session as it stands now; nil when it is unknown.
    static func find(_ id: String, _ tables: some Queries) throws(StoreError) -> LiveSession? {
        var found: LiveSession?
        try tables.forEach(
            """
            SELECT session.person_id, session.methods, session.expires_at, session.ended_at, person.state,
                held.plugin, held.role, held.branch, session.last_used_at, own.allows, person.plan,
                session.created_at
            FROM portico_session AS session
            JOIN portico_person AS person ON person.id = session.person_id
            LEFT JOIN portico_person_role AS held ON held.person_id = session.person_id
            LEFT JOIN portico_role AS own ON held.plugin = \(TenantRoles.owner) AND own.name = held.role
            WHERE session.id = \(id) ORDER BY held.plugin, held.role, held.branch
            """
        ) { (row: borrowing Row) throws(StoreError) in
            if found == nil { found = try LiveSession(row: row) }
            if let plugin = try row.get(at: 5, as: String?.self) {
                let branch: String = try row.get(at: 7)
                let allows = try row.get(at: 9, as: String?.self)
                found?.held.append(
                    HeldRole(
                        plugin: plugin, role: try row.get(at: 6), branch: branch.isEmpty ? nil : branch,
                        allows: try TenantRole.allows(text: allows ?? "[]")))
            }
        }
        return found
    }

    /// Notes that a session was proven in further ways since it was made (RFC 8176).
    static func add(methods: Set<String>, to id: String, _ host: HostWriter) throws(StoreError) {
        guard let text = try host.value("SELECT methods FROM portico_session WHERE id = \(id)", as: String.self) else {
            return
        }
        let all = methods.union(text.split(separator: " ").map(String.init))
        try host.run(
            "UPDATE portico_session SET methods = \(all.sorted().joined(separator: " ")) WHERE id = \(id)")
        AuthChange.announce(host)
    }

    /// Ends a session at once; its access tokens stop with it.
    ///
    /// - Parameter reason: for the audit log: `logout`, `reuse`.
    static func end(
        _ id: String, of person: PersonID, reason: String, _ origin: Origin, _ host: HostWriter
    ) throws(StoreError) {
        let ended = try host.run(
            "UPDATE portico_session SET ended_at = \(origin.now.microseconds) WHERE id = \(id) AND ended_at IS NULL")
        guard ended > 0 else { return }
        AuthChange.announce(host)
        try audit("session.ended", id, of: person, ["reason": .string(reason)], origin, host)
    }

    /// Ends every session of a person at once, or every one but the current.
    static func endAll(
        of person: PersonID, except current: String? = nil, reason: String, _ origin: Origin, _ host: HostWriter
    ) throws(StoreError) {
        let ended = try host.run(
            """
            UPDATE portico_session SET ended_at = \(origin.now.microseconds)
            WHERE person_id = \(person) AND ended_at IS NULL AND id IS NOT \(current)
            """)
        guard ended > 0 else { return }
        AuthChange.announce(host)
        try audit("session.ended", "*", of: person, ["reason": .string(reason)], origin, host)
    }

    private static func audit(
        _ action: String, _ id: String, of person: PersonID, _ details: JSON, _ origin: Origin, _ host: HostWriter
    ) throws(StoreError) {
        var origin = origin
        origin.person = origin.person ?? person
        try AuditTable.append(
            AuditEntry(action, on: Subject("session", id: id, owner: person), details: details), origin, host)
    }
}

/// A session with the account behind it.
struct LiveSession: Sendable {
    let person: PersonID
    let methods: Set<String>
    let expiresAt: Instant
    let isEnded: Bool
    let personState: PersonState
    let lastUsedAt: Instant
    let plan: Plan
    let createdAt: Instant
    var held: [HeldRole] = []

    fileprivate init(row: borrowing Row) throws(StoreError) {
        person = try row.get(at: 0)
        methods = Set(try row.get(at: 1, as: String.self).split(separator: " ").map(String.init))
        expiresAt = Instant(microseconds: try row.get(at: 2))
        isEnded = try row.get(at: 3, as: Int64?.self) != nil
        personState = try row.get(at: 4)
        lastUsedAt = Instant(microseconds: try row.get(at: 8))
        plan = try row.get(at: 10)
        createdAt = Instant(microseconds: try row.get(at: 11))
    }

    /// Whether it may be used.
    func isLive(at now: Instant) -> Bool { !isEnded && now < expiresAt && personState == .active }
}
