import PluginAPI

/// A webhook that is asked for.
struct WebhookAsked: Described {
    var endpoint: String
    var events: [WebhookPattern]
    var description: String
    var secret: String?
    var active: Bool

    static let schema = Schema.object(
        Self.init(endpoint:events:description:secret:active:),
        Field("endpoint", \.endpoint, .string(1...2000), note: "An https address on the public Internet."),
        Field(
            "events", \.events, .list(WebhookPattern.schema, 1...50),
            note: "Names of events, message.* for all that begin so, or *."),
        Field("description", \.description, .string(0...200), default: ""),
        Field(
            "secret", \.secret, .optional(.string(1...200)),
            note: "whsec_ and 24 to 64 bytes in base64; made by the host when it is left out."),
        Field("active", \.active, .bool, default: true))
}

/// A webhook and what of it is to be another.
struct WebhookChanging: Described {
    var id: String
    var endpoint: Change<String>
    var events: Change<[WebhookPattern]>
    var description: Change<String>
    var active: Change<Bool>

    static let schema = Schema.object(
        Self.init(id:endpoint:events:description:active:),
        Field("id", \.id, .string(1...64), in: .path),
        Field("endpoint", \.endpoint, .change(.string(1...2000))),
        Field("events", \.events, .change(.list(WebhookPattern.schema, 1...50))),
        Field("description", \.description, .change(.string(0...200))),
        Field("active", \.active, .change(.bool), note: "true also lets one go on that was stopped."))
}

/// One webhook.
struct WebhookNamed: Described {
    var id: String
    static let schema = Schema.object(Self.init(id:), Field("id", \.id, .string(1...64), in: .path))
}

/// A webhook that gets another secret.
struct WebhookRotating: Described {
    var id: String
    var secret: String?
    var overlapHours: Int

    static let schema = Schema.object(
        Self.init(id:secret:overlapHours:),
        Field("id", \.id, .string(1...64), in: .path),
        Field("secret", \.secret, .optional(.string(1...200)), note: "Made by the host when it is left out."),
        Field(
            "overlapHours", \.overlapHours, .int(0...168), default: 24,
            note: "For how long messages are signed with the old one too."))
}

/// One message of a webhook.
struct WebhookDeliveryNamed: Described {
    var id: String
    var delivery: String
    static let schema = Schema.object(
        Self.init(id:delivery:), Field("id", \.id, .string(1...64), in: .path),
        Field("delivery", \.delivery, .string(1...64), in: .path))
}

/// A page of a webhook's messages.
struct WebhookDeliveriesAsked: Described {
    var id: String
    var state: WebhookDelivery.State?
    var page: Int
    var limit: Int

    static let schema = Schema.object(
        Self.init(id:state:page:limit:),
        Field("id", \.id, .string(1...64), in: .path),
        Field("state", \.state, .optional(.oneOf), in: .query),
        Field("page", \.page, Paging.page, in: .query, default: 1),
        Field("limit", \.limit, Paging.limit, in: .query, default: 20))
}

/// What is to be sent again: one message, or what happened in a time.
struct WebhookReplayAsked: Described {
    var id: String
    var delivery: String?
    var since: Instant?
    var until: Instant?

    static let schema = Schema.object(
        Self.init(id:delivery:since:until:),
        Field("id", \.id, .string(1...64), in: .path),
        Field("delivery", \.delivery, .optional(.string(1...64)), note: "One message, by its webhook-id."),
        Field(
            "since", \.since, .optional(Instant.schema),
            note: "What happened from then on, sent before or not; as far as events are kept."),
        Field("until", \.until, .optional(Instant.schema), note: "And before then; now when it is left out."))
}

/// What is sent again.
struct WebhookReplayed: Described {
    var count: Int
    var next: Instant?

    static let schema = Schema.object(
        Self.init(count:next:),
        Field("count", \.count, .int(0...1_000_000), note: "Messages."),
        Field("next", \.next, .optional(Instant.schema), note: "There is more: ask again with this as since."))
}
