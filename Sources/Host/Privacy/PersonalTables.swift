import Database
import PluginAPI

/// Where everything about people is kept: the plugins' maps, and the host's own.
struct PersonalTables: Sendable {
    /// One table, with whose it is.
    struct Entry: Sendable {
        let owner: Owner
        let data: PersonalData
        /// What it is called in an export.
        let name: String
    }

    let plugins: [Entry]

    init(_ definitions: [PluginDefinition]) throws(StoreError) {
        var plugins: [Entry] = []
        for definition in definitions where !definition.isHost {
            let owner = try Owner(plugin: definition.id)
            for data in definition.personalData {
                plugins.append(Entry(owner: owner, data: data, name: definition.id + "." + data.table))
            }
        }
        self.plugins = plugins
    }

    /// The host's, as far as they are rows of one person. What erasure does with them stands in ``Erasure``.
    static let host: [Entry] = [
        host(
            "account", "portico_person", "id",
            ["id", "given_name", "family_name", "language", "zone", "plan", "state"]
                + ["created_at"]),
        host("identifiers", "portico_identifier", "person_id", ["kind", "value", "verified_at"]),
        host("roles", "portico_person_role", "person_id", ["plugin", "role", "branch"]),
        host(
            "sessions", "portico_session", "person_id",
            [
                "plugin", "role", "methods", "address", "user_agent", "created_at", "last_used_at", "expires_at",
                "ended_at",
            ]),
        host("federatedIdentities", "portico_federated_identity", "person_id", ["issuer", "subject", "created_at"]),
        host(
            "apiKeys", "portico_api_key", "person_id",
            ["name", "scopes", "addresses", "created_at", "expires_at"]
                + ["last_used_at", "revoked_at"]),
        host("actsFor", "portico_acting", "person_id", ["other_id", "relation"]),
        host("preferences", "portico_preferences", "person_id", ["document", "changed_at"]),
        host(
            "devices", "portico_device", "person_id",
            [
                "name", "platform", "app_version", "os_version", "preferences", "registered_at",
            ]),
        host(
            "deliveries", "portico_delivery", "person_id",
            [
                "id", "type", "category", "channel", "state", "created_at", "sent_at", "delivered_at", "opened_at",
                "clicked_at", "said",
            ], ["said": SentWords.sealTag]),
        host(
            "files", "portico_file_version", "uploader",
            [
                "file_id", "version", "name", "media_type", "size", "created_at",
            ]),
        host("jobs", "portico_long_job", "person_id", ["id", "plugin", "name", "state", "created_at", "finished_at"]),
        host(
            "audit", "portico_audit", "person_id",
            [
                "at", "plugin", "action", "subject_kind", "subject_id", "outcome", "address", "user_agent",
            ]),
    ]

    private static func host(
        _ name: String, _ table: String, _ person: String, _ columns: [String], _ sealed: [String: String] = [:]
    ) -> Entry {
        Entry(
            owner: .host,
            data: PersonalData(
                table: table, person: person, exported: columns, sealed: sealed,
                erasure: .keep(because: "The host sees to it by itself.")), name: name)
    }
}

extension PersonalTables.Entry {
    /// The rows of a person, in the order of the first column. The names are those of a manifest, which is checked at
    /// start to have nothing in them but letters, digits and `_`.
    func rows(of person: PersonID, offset: Int, limit: Int) -> SQL {
        let columns = SQL(stringLiteral: data.exported.joined(separator: ", "))
        return "SELECT \(columns) FROM \(Self.name(data.table)) WHERE \(Self.name(data.person)) = \(person)"
            + "ORDER BY 1 LIMIT \(limit) OFFSET \(offset)"
    }

    /// What erasure does with them; nil when they stay as they are.
    func erasure(of person: PersonID, as pseudonym: String) -> SQL? {
        let (table, column) = (Self.name(data.table), Self.name(data.person))
        switch data.erasure {
        case .delete: return "DELETE FROM \(table) WHERE \(column) = \(person)"
        case .anonymise(let columns):
            let emptied = columns.map { SQL(stringLiteral: ", \($0) = NULL") }
            return "UPDATE \(table) SET \(column) = \(pseudonym)" + SQL.joined(emptied, by: " ")
                + "WHERE \(column) = \(person)"
        case .keep: return nil
        }
    }

    private static func name(_ text: String) -> SQL { SQL(stringLiteral: text) }

    /// A row as people and programs read it: moments as RFC 3339, sealed values opened.
    func json(_ row: borrowing Row) throws(StoreError) -> JSON {
        var members = JSON.Members()
        for (index, column) in data.exported.enumerated() {
            members[column] = JSON(
                try row.value(at: index, seal: data.sealed[column]), isMoment: column == "at" || column.hasSuffix("_at")
            )
        }
        return .object(members)
    }
}

extension JSON {
    /// A column's value as people and programs read it.
    fileprivate init(_ value: SQLValue, isMoment: Bool) {
        self =
            switch value {
            case .null: .null
            case .integer(let number): isMoment ? .string("\(Instant(microseconds: number))") : .integer(number)
            case .real(let number): .number(number)
            case .text(let text): JSON(shown: Array(text.utf8)) ?? .string(text)
            case .blob(let bytes), .sealed(_, let bytes), .blind(_, let bytes):
                JSON(shown: bytes) ?? String(validating: bytes, as: UTF8.self).map { .string($0) } ?? .null
            }
    }

    /// Objects and lists that are kept as text are shown as what they are.
    private init?(shown bytes: [UInt8]) {
        guard bytes.first == UInt8(ascii: "{") || bytes.first == UInt8(ascii: "["),
            let tree = (try? JSONDocument(bytes))?.root.tree
        else { return nil }
        self = tree
    }
}
