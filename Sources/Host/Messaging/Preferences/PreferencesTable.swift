import PluginAPI

/// What each person wants to hear: one row for everybody who has said something. Language and zone are the account's.
enum PreferencesTable {
    static let migration = Migration(
        "000-preferences",
        """
        CREATE TABLE portico_preferences (
            person_id TEXT PRIMARY KEY,
            document TEXT NOT NULL,
            changed_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        """)

    /// A person's preferences; nil when there is no such account.
    static func preferences(of person: PersonID, _ tables: some Queries) throws(StoreError) -> Preferences? {
        try tables.first(
            """
            SELECT person.language, person.zone, known.document FROM portico_person AS person
            LEFT JOIN portico_preferences AS known ON known.person_id = person.id WHERE person.id = \(person)
            """, as: PreferencesRow.self)?.preferences
    }

    /// Changes a person's preferences.
    static func set(
        _ preferences: Preferences, of person: PersonID, _ origin: Origin, _ host: HostWriter
    ) throws(StoreError) {
        guard let known = try self.preferences(of: person, host), known != preferences else { return }
        if known.zone != preferences.zone { try Accounts.setZone(preferences.zone, of: person, origin, host) }
        if known.language != preferences.language {
            var change = PersonChange()
            change.language = preferences.language.map { .set($0) } ?? .clear
            try People.change(person, change, origin, host)
        }
        var stored = preferences
        (stored.language, stored.zone) = (nil, nil)
        let document = String(decoding: Preferences.schema.encode(stored), as: UTF8.self)
        try host.run(
            """
            INSERT INTO portico_preferences (person_id, document, changed_at)
            VALUES (\(person), \(document), \(origin.now.microseconds))
            ON CONFLICT (person_id) DO UPDATE SET document = excluded.document, changed_at = excluded.changed_at
            """)
        try AuditTable.append(AuditEntry("preferences.changed", on: People.subject(person)), origin, host)
    }
}

private struct PreferencesRow: Record {
    let preferences: Preferences

    init(row: borrowing Row) throws(StoreError) {
        var preferences = Preferences()
        if let document = try row.get("document", as: String?.self) {
            guard let read = try? JSONDocument(Array(document.utf8)),
                let known = try? Preferences.schema.decode(.json(read.root))
            else { throw StoreError(.mismatch, "a person's preferences cannot be read") }
            preferences = known
        }
        preferences.language = try row.get("language", as: String?.self).flatMap { Language($0) }
        // A zone that a newer list of zones dropped is as none.
        preferences.zone = try row.get("zone", as: String?.self).flatMap { try? Zone(named: $0) }
        self.preferences = preferences
    }
}
