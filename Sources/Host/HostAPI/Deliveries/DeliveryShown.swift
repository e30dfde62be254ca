import PluginAPI

/// A delivery as staff see it: where it stands and why, without what it says.
struct DeliveryShown: Described {
    var id: String
    var messageId: String
    var plugin: String
    var type: String
    var category: String
    var importance: Importance
    var channel: DeliveryChannel
    var userId: PersonID?
    var state: Delivery.State
    var reason: String?
    var attempts: Int
    var lastError: String?
    var createdAt: Instant
    var dueAt: Instant?
    var sentAt: Instant?
    var deliveredAt: Instant?
    var openedAt: Instant?
    var clickedAt: Instant?
    var providerReference: String?

    static let schema = Schema.object(
        Self.init(
            id:messageId:plugin:type:category:importance:channel:userId:state:reason:attempts:lastError:createdAt:dueAt:
            sentAt:deliveredAt:openedAt:clickedAt:providerReference:),
        Field("id", \.id, .string(1...64)),
        Field("messageId", \.messageId, .string(1...64), note: "The message; it has a delivery for each channel."),
        Field("plugin", \.plugin, .string(1...40)), Field("type", \.type, .string(1...100)),
        Field("category", \.category, .string(1...60)), Field("importance", \.importance, .oneOf),
        Field("channel", \.channel, DeliveryChannel.schema),
        Field("userId", \.userId, .optional(PersonID.schema), note: "Null for messages to an address."),
        Field("state", \.state, .oneOf),
        Field("reason", \.reason, .optional(.string(0...100)), note: "The rule that ended it."),
        Field("attempts", \.attempts, .int(0...1_000_000)),
        Field("lastError", \.lastError, .optional(.string(0...2000))),
        Field("createdAt", \.createdAt, Instant.schema),
        Field("dueAt", \.dueAt, .optional(Instant.schema), note: "When it is next tried, while it waits."),
        Field("sentAt", \.sentAt, .optional(Instant.schema)),
        Field("deliveredAt", \.deliveredAt, .optional(Instant.schema)),
        Field("openedAt", \.openedAt, .optional(Instant.schema)),
        Field("clickedAt", \.clickedAt, .optional(Instant.schema)),
        Field("providerReference", \.providerReference, .optional(.string(0...500))))

    init(_ row: Delivery) {
        self.init(
            id: row.id, messageId: row.message, plugin: row.plugin, type: row.type, category: row.category.name,
            importance: row.importance, channel: row.channel, userId: row.person, state: row.state,
            reason: row.reason, attempts: row.attempts, lastError: row.lastError, createdAt: row.createdAt,
            dueAt: row.state == .waiting ? row.dueAt : nil, sentAt: row.sentAt, deliveredAt: row.deliveredAt,
            openedAt: row.openedAt, clickedAt: row.clickedAt, providerReference: row.reference)
    }

    private init(
        id: String, messageId: String, plugin: String, type: String, category: String, importance: Importance,
        channel: DeliveryChannel, userId: PersonID?, state: Delivery.State, reason: String?, attempts: Int,
        lastError: String?, createdAt: Instant, dueAt: Instant?, sentAt: Instant?, deliveredAt: Instant?,
        openedAt: Instant?, clickedAt: Instant?, providerReference: String?
    ) {
        self.id = id
        self.messageId = messageId
        self.plugin = plugin
        self.type = type
        self.category = category
        self.importance = importance
        self.channel = channel
        self.userId = userId
        self.state = state
        self.reason = reason
        self.attempts = attempts
        self.lastError = lastError
        self.createdAt = createdAt
        self.dueAt = dueAt
        self.sentAt = sentAt
        self.deliveredAt = deliveredAt
        self.openedAt = openedAt
        self.clickedAt = clickedAt
        self.providerReference = providerReference
    }
}

/// Every rule's verdict on one delivery, in order (contract §8).
struct TraceShown: Described {
    struct Step: Described {
        var at: Instant
        var rule: String
        var verdict: String
        var detail: String?

        static let schema = Schema.object(
            Self.init(at:rule:verdict:detail:), Field("at", \.at, Instant.schema),
            Field("rule", \.rule, .string(1...60)), Field("verdict", \.verdict, .string(1...60)),
            .leftOutWhenNil("detail", \.detail, .optional(.string(0...500))))
    }

    var steps: [Step]

    static let schema = Schema.object(Self.init(steps:), Field("steps", \.steps, .list(Step.schema)))
}
