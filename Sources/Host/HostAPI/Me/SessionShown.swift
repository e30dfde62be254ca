import PluginAPI

/// A device on which somebody is signed in, as they see it.
struct SessionShown: Described, Equatable {
    var id: String
    /// Whether it is the one that asks.
    var current: Bool
    var device: String?
    var createdAt: Instant
    var lastUsedAt: Instant

    static let schema = Schema.object(
        Self.init(id:current:device:createdAt:lastUsedAt:),
        Field("id", \.id, .string(1...64)),
        Field("current", \.current, .bool, note: "Whether it is the session that asks."),
        Field("device", \.device, .optional(.string(1...100)), note: "What the client told of itself."),
        Field("createdAt", \.createdAt, Instant.schema),
        Field("lastUsedAt", \.lastUsedAt, Instant.schema, note: "To some minutes."))
}

/// Which page of one's sessions or keys.
struct OwnListAsked: Described {
    var page: Int
    var limit: Int

    static let schema = Schema.object(
        Self.init(page:limit:),
        Field("page", \.page, .int(1...1_000_000), in: .query, default: 1),
        Field("limit", \.limit, .int(1...100), in: .query, default: 20))
}

/// One of one's sessions.
struct SessionNamed: Described {
    var id: String
    static let schema = Schema.object(Self.init(id:), Field("id", \.id, .string(1...64), in: .path))
}

/// Which sessions end.
struct SessionsEnding: Described {
    var keepCurrent: Bool
    static let schema = Schema.object(
        Self.init(keepCurrent:),
        Field("keepCurrent", \.keepCurrent, .bool, in: .query, default: false, note: "All but the one that asks."))
}
