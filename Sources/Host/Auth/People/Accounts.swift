import PluginAPI

/// Accounts as their person and the tenant's administrators see them.
enum Accounts {
    /// Where people's own time zones are kept.
    static let zone = Migration(
        "000-auth-8-zone", "ALTER TABLE portico_person ADD COLUMN zone TEXT;")

    /// The account with this id.
    static func account(_ id: PersonID, _ tables: some Queries) throws(StoreError) -> Account? {
        try tables.first(columns + "WHERE person.id = \(id)", as: Account.self)
    }

    /// Gives an account a time zone of its own, or none.
    static func setZone(
        _ zone: Zone?, of id: PersonID, _ origin: Origin, _ host: HostWriter
    ) throws(StoreError) {
        let changed = try host.run(
            "UPDATE portico_person SET zone = \(zone?.name) WHERE id = \(id) AND zone IS NOT \(zone?.name)")
        guard changed > 0 else { return }
        try AuditTable.append(
            AuditEntry("person.changed", on: People.subject(id), details: ["fields": ["zone"]]), origin, host)
    }

    /// What ``Account`` is read from; `person` names the row.
    static let columns: SQL = """
        SELECT person.id, person.given_name, person.family_name, person.language, person.zone, person.state,
            person.created_at,
            (SELECT value FROM portico_identifier WHERE person_id = person.id AND kind = 'email') AS email,
            (SELECT value FROM portico_identifier WHERE person_id = person.id AND kind = 'phone') AS phone,
            (SELECT value FROM portico_identifier WHERE person_id = person.id AND kind = 'username') AS username,
            (SELECT MAX(last_used_at) FROM portico_session WHERE person_id = person.id) AS last_used_at
        FROM portico_person AS person
        """
}

/// An account with everything the host knows of its person.
struct Account: Record, Equatable {
    let id: PersonID
    let givenName: String
    let familyName: String
    let email: Email?
    let phone: Phone?
    let username: String?
    let language: Language?
    /// The name of an IANA time zone.
    let zone: String?
    let state: PersonState
    let createdAt: Instant
    /// When a session of the person was last renewed.
    let lastUsedAt: Instant?

    init(row: borrowing Row) throws(StoreError) {
        id = try row.get("id")
        givenName = try row.get("given_name")
        familyName = try row.get("family_name")
        email = try row.get("email")
        phone = try row.get("phone")
        username = try row.get("username")
        language = try row.get("language", as: String?.self).flatMap { Language($0) }
        zone = try row.get("zone")
        state = try row.get("state")
        createdAt = Instant(microseconds: try row.get("created_at"))
        lastUsedAt = try row.get("last_used_at", as: Int64?.self).map { Instant(microseconds: $0) }
    }

    /// Both names, or whichever there is.
    var name: String { [givenName, familyName].filter { !$0.isEmpty }.joined(separator: " ") }
}
