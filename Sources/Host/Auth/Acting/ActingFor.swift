import PluginAPI

/// Who may act for whose account (contract §9): a parent for a child, a company for its staff. Staff of the tenant decide.
enum ActingFor {
    static let migration = Migration(
        "000-auth-8-acting",
        """
        CREATE TABLE portico_acting (
            person_id TEXT NOT NULL REFERENCES portico_person (id) ON DELETE CASCADE,
            other_id TEXT NOT NULL REFERENCES portico_person (id) ON DELETE CASCADE,
            relation TEXT NOT NULL,
            since INTEGER NOT NULL,
            PRIMARY KEY (person_id, other_id),
            CHECK (person_id <> other_id)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX portico_acting_other ON portico_acting (other_id);
        """)

    /// Whether a person may act for another one's account now: an account that is suspended nobody acts for.
    static func isAllowed(_ person: PersonID, for other: PersonID, _ tables: some Queries) throws(StoreError) -> Bool {
        try tables.value(
            """
            SELECT 1 FROM portico_acting AS acting JOIN portico_person AS other ON other.id = acting.other_id
            WHERE acting.person_id = \(person) AND acting.other_id = \(other) AND other.state = 'active'
            """, as: Int.self) != nil
    }

    /// The accounts that a person may act for.
    static func accounts(by person: PersonID, _ tables: some Queries) throws(StoreError) -> [PersonID] {
        try tables.values(
            """
            SELECT acting.other_id FROM portico_acting AS acting JOIN portico_person AS other
            ON other.id = acting.other_id WHERE acting.person_id = \(person) AND other.state = 'active'
            ORDER BY acting.since, acting.other_id
            """)
    }

    /// Lets a person act for another one's account; the relation of one who may already is changed.
    ///
    /// - Throws: ``StoreError``: a constraint when one of the two does not exist or both are the same.
    static func allow(
        _ person: PersonID, for other: PersonID, as relation: String, _ origin: Origin, _ host: HostWriter
    ) throws(StoreError) {
        let changed = try host.run(
            """
            INSERT INTO portico_acting (person_id, other_id, relation, since)
            VALUES (\(person), \(other), \(relation), \(origin.now.microseconds))
            ON CONFLICT (person_id, other_id) DO UPDATE SET relation = excluded.relation
            WHERE relation <> excluded.relation
            """)
        guard changed > 0 else { return }
        try audit(
            "acting.allowed", person, other, ["for": .string(other.rawValue), "as": .string(relation)], origin, host)
    }

    /// Lets a person act for another one's account no more; the next request is refused.
    ///
    /// - Returns: false when they could not anyway.
    @discardableResult
    static func forbid(
        _ person: PersonID, for other: PersonID, _ origin: Origin, _ host: HostWriter
    ) throws(StoreError) -> Bool {
        let removed = try host.run(
            "DELETE FROM portico_acting WHERE person_id = \(person) AND other_id = \(other)")
        guard removed > 0 else { return false }
        try audit("acting.forbidden", person, other, ["for": .string(other.rawValue)], origin, host)
        return true
    }

    private static func audit(
        _ action: String, _ person: PersonID, _ other: PersonID, _ details: JSON, _ origin: Origin, _ host: HostWriter
    ) throws(StoreError) {
        try AuditTable.append(AuditEntry(action, on: People.subject(person), details: details), origin, host)
    }
}
