import PluginAPI

/// What somebody says their account is called, in the form in which it is compared.
struct AccountName: Sendable, Equatable {
    /// What kind of name was asked for. In the place of a user name an e-mail address is understood too.
    let kind: IdentifierKind
    let text: String

    /// Finds what a sign-in needs to know of an account; nil when no account has this name.
    func account(_ tables: some Queries) throws(StoreError) -> Account? {
        let other: IdentifierKind = kind == .username && text.contains("@") ? .email : kind
        return try tables.first(
            """
            SELECT person.id, person.state, password.hash, password.changed_at,
                (SELECT value FROM portico_identifier WHERE person_id = person.id AND kind = 'email') AS email
            FROM portico_identifier AS identifier
            JOIN portico_person AS person ON person.id = identifier.person_id
            LEFT JOIN portico_password AS password ON password.person_id = person.id
            WHERE identifier.value = \(text) AND identifier.kind IN (\(kind), \(other))
            ORDER BY identifier.kind LIMIT 1
            """, as: Account.self)
    }

    /// The name for logs: enough to recognise one's own, too little to learn another's.
    var masked: String {
        let parts = text.split(separator: "@", maxSplits: 1)
        let shown = text.prefix(1) + "…"
        return parts.count == 2 ? shown + "@" + parts[1] : String(shown)
    }

    /// An account as a sign-in sees it.
    struct Account: Record, Sendable {
        let person: PersonID
        let state: PersonState
        let hash: PasswordHash?
        /// When the password was set; nil when there is none.
        let passwordSetAt: Instant?
        let email: Email?

        init(row: borrowing Row) throws(StoreError) {
            person = try row.get("id")
            state = try row.get("state")
            hash = try row.get("hash", as: Sealed<PasswordHash>?.self)?.value
            passwordSetAt = try row.get("changed_at", as: Int64?.self).map { Instant(microseconds: $0) }
            email = try row.get("email")
        }
    }
}
