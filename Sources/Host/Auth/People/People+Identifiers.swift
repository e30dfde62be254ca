import PluginAPI

extension People {
    /// What an account is found by.
    static func identifiers(
        of person: PersonID, _ tables: some Queries
    ) throws(StoreError) -> [(kind: IdentifierKind, text: String)] {
        try tables.all(
            "SELECT kind, value FROM portico_identifier WHERE person_id = \(person)", as: IdentifierRow.self
        ).map { ($0.kind, $0.value) }
    }

    /// The e-mail address and user name of an account: what its password must not be.
    static func names(of person: PersonID, _ tables: some Queries) throws(StoreError) -> [String] {
        try identifiers(of: person, tables).filter { $0.kind != .phone }.map(\.text)
    }

    /// Whether a person has shown to hold an identifier.
    static func isVerified(
        _ kind: IdentifierKind, of person: PersonID, _ tables: some Queries
    ) throws(StoreError) -> Bool {
        try tables.value(
            """
            SELECT verified_at IS NOT NULL FROM portico_identifier WHERE person_id = \(person) AND kind = \(kind)
            """, as: Bool.self) ?? false
    }
}

/// One thing an account is found by.
private struct IdentifierRow: Record {
    let kind: IdentifierKind
    let value: String

    init(row: borrowing Row) throws(StoreError) {
        kind = try row.get("kind")
        value = try row.get("value")
    }
}
