import PluginAPI

/// An API key as its owner sees it.
struct APIKeyShown: Described {
    var id: String
    /// The whole text: when the key is made or rotated, and never again.
    var key: String?
    var name: String
    var scopes: [String]
    var addresses: [AddressRange]
    var createdAt: Instant
    var expiresAt: Instant
    var lastUsedAt: Instant?

    static let schema = Schema.object(
        Self.init(id:key:name:scopes:addresses:createdAt:expiresAt:lastUsedAt:),
        Field("id", \.id, .string(1...64)),
        Field("key", \.key, .optional(.string(1...100)), note: "Shown once: when the key is made or rotated."),
        Field("name", \.name, .string(1...100)),
        Field("scopes", \.scopes, .list(.string(1...100)), note: "Names of permissions."),
        Field("addresses", \.addresses, .list(AddressRange.schema), note: "Where it may be used; empty is everywhere."),
        Field("createdAt", \.createdAt, Instant.schema),
        Field("expiresAt", \.expiresAt, Instant.schema),
        Field("lastUsedAt", \.lastUsedAt, .optional(Instant.schema), note: "To some minutes."))
}

extension APIKeyShown {
    /// - Parameter text: the whole key, when it was just made.
    init(_ key: APIKey, text: String? = nil) {
        self.init(
            id: key.id, key: text, name: key.name, scopes: key.scopes, addresses: key.addresses,
            createdAt: key.createdAt, expiresAt: key.expiresAt, lastUsedAt: key.lastUsedAt)
    }
}

/// A key that is asked for.
struct APIKeyAsked: Described {
    var name: String
    var scopes: [String]
    var expiresAt: Instant?
    var addresses: [AddressRange]

    static let schema = Schema.object(
        Self.init(name:scopes:expiresAt:addresses:),
        Field("name", \.name, .string(1...100), note: "For whom or what it is."),
        Field("scopes", \.scopes, .list(.string(3...100), 1...100), note: "Names of permissions that one holds."),
        Field("expiresAt", \.expiresAt, .optional(Instant.schema), note: "In a year unless said otherwise."),
        Field(
            "addresses", \.addresses, .list(AddressRange.schema, 0...50), default: [],
            note: "Where it may be used; empty is everywhere."))
}

/// One key.
struct APIKeyNamed: Described {
    var id: String
    static let schema = Schema.object(Self.init(id:), Field("id", \.id, .string(1...64), in: .path))
}

/// A key that gets another text.
struct APIKeyRotating: Described {
    var id: String
    var overlapHours: Int

    static let schema = Schema.object(
        Self.init(id:overlapHours:),
        Field("id", \.id, .string(1...64), in: .path),
        Field(
            "overlapHours", \.overlapHours, .int(APIKeys.overlapHours), default: 24,
            note: "For how long the text until now stays good."))
}
