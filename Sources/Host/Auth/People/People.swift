import PluginAPI

/// The accounts of a tenant.
enum People {
    /// The account with this id.
    static func person(_ id: PersonID, _ tables: some Queries) throws(StoreError) -> Person? {
        try tables.first(columns + "WHERE person.id = \(id)", as: PersonRow.self)?.person
    }

    /// The account that holds a phone number.
    static func person(withPhone phone: Phone, _ tables: some Queries) throws(StoreError) -> Person? {
        try person(with: .phone, phone.text, tables)
    }

    /// The account that holds an e-mail address.
    static func person(withEmail email: Email, _ tables: some Queries) throws(StoreError) -> Person? {
        try person(with: .email, email.text, tables)
    }

    /// The account that holds a user name.
    static func person(withUsername username: Username, _ tables: some Queries) throws(StoreError) -> Person? {
        try person(with: .username, username.text, tables)
    }

    /// Whether an account exists and may be used.
    static func state(of id: PersonID, _ tables: some Queries) throws(StoreError) -> PersonState? {
        try tables.value("SELECT state FROM portico_person WHERE id = \(id)", as: PersonState.self)
    }

    private static func person(
        with kind: IdentifierKind, _ value: String, _ tables: some Queries
    ) throws(StoreError) -> Person? {
        try tables.first(
            columns
                + """
                JOIN portico_identifier AS found ON found.person_id = person.id
                WHERE found.kind = \(kind) AND found.value = \(value)
                """, as: PersonRow.self)?.person
    }

    private static let columns: SQL = """
        SELECT person.id, person.given_name, person.family_name, person.language, person.created_at,
            (SELECT value FROM portico_identifier WHERE person_id = person.id AND kind = 'email') AS email,
            (SELECT value FROM portico_identifier WHERE person_id = person.id AND kind = 'phone') AS phone,
            (SELECT value FROM portico_identifier WHERE person_id = person.id AND kind = 'username') AS username
        FROM portico_person AS person
        """
}

/// What a person is found by.
enum IdentifierKind: String, SQLConvertible { case email, phone, username }

/// Whether an account may be used.
enum PersonState: String, SQLConvertible, CaseIterable { case active, suspended }

/// A user name: 1 to 100 characters without spaces, compared without regard to case.
struct Username: Sendable, Hashable {
    /// As it is stored and compared: lower case.
    let text: String

    init?(_ typed: String) {
        let text = typed.lowercased()
        guard (1...100).contains(text.count), text.utf8.count <= 400,
            !text.unicodeScalars.contains(where: { $0.properties.isWhitespace || $0.value < 32 || $0.value == 127 })
        else { return nil }
        self.text = text
    }
}

private struct PersonRow: Record {
    let person: Person

    init(row: borrowing Row) throws(StoreError) {
        person = Person(
            id: try row.get(at: 0), givenName: try row.get(at: 1), familyName: try row.get(at: 2),
            email: try row.get(at: 5), phone: try row.get(at: 6),
            language: try row.get(at: 3, as: String?.self).flatMap { Language($0) },
            createdAt: Instant(microseconds: try row.get(at: 4)), username: try row.get(at: 7))
    }
}
