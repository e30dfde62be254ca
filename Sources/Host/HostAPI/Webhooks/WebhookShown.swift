import PluginAPI

/// A webhook as those who manage it see it.
struct WebhookShown: Described {
    var id: String
    var endpoint: String
    var description: String
    var events: [WebhookPattern]
    var active: Bool
    var state: Webhook.State
    var secret: String?
    var owner: PersonID
    var createdAt: Instant
    var changedAt: Instant
    var failingSince: Instant?
    var lastSuccessAt: Instant?
    var lastStatus: Int?

    static let schema = Schema.object(
        Self.init(
            id:endpoint:description:events:active:state:secret:owner:createdAt:changedAt:failingSince:lastSuccessAt:
            lastStatus:),
        Field("id", \.id, .string(1...64)),
        Field("endpoint", \.endpoint, .string(1...2000)),
        Field("description", \.description, .string(0...200)),
        Field("events", \.events, .list(WebhookPattern.schema)),
        Field("active", \.active, .bool, note: "Whether messages are sent."),
        Field("state", \.state, .oneOf, note: "paused: it kept failing; gone: its server answered 410."),
        Field("secret", \.secret, .optional(.string(1...200)), note: "Shown once: when it is made or rotated."),
        Field("owner", \.owner, PersonID.schema, note: "Who is told when it is stopped."),
        Field("createdAt", \.createdAt, Instant.schema),
        Field("changedAt", \.changedAt, Instant.schema),
        Field("failingSince", \.failingSince, .optional(Instant.schema)),
        Field("lastSuccessAt", \.lastSuccessAt, .optional(Instant.schema)),
        Field("lastStatus", \.lastStatus, .optional(.int(100...999))))
}

extension WebhookShown {
    /// - Parameter isNew: whether its secret was just made.
    init(_ webhook: Webhook, isNew: Bool = false) {
        self.init(
            id: webhook.id, endpoint: webhook.endpoint, description: webhook.description, events: webhook.events,
            active: webhook.state == .active, state: webhook.state, secret: isNew ? webhook.secret.text : nil,
            owner: webhook.owner, createdAt: webhook.createdAt, changedAt: webhook.changedAt,
            failingSince: webhook.failingSince, lastSuccessAt: webhook.lastSuccessAt, lastStatus: webhook.lastStatus)
    }
}

/// A message as those who manage its webhook see it.
struct WebhookDeliveryShown: Described {
    var id: String
    var event: String
    var state: WebhookDelivery.State
    var attempts: Int
    var createdAt: Instant
    var nextAttemptAt: Instant?
    var finishedAt: Instant?
    var lastStatus: Int?
    var lastError: String?
    var payload: String?
    var log: [WebhookAttemptShown]?

    static let schema = Schema.object(
        Self.init(
            id:event:state:attempts:createdAt:nextAttemptAt:finishedAt:lastStatus:lastError:payload:log:),
        Field("id", \.id, .string(1...64), note: "webhook-id."),
        Field("event", \.event, .string(1...100)),
        Field("state", \.state, .oneOf),
        Field("attempts", \.attempts, .int(0...1_000_000)),
        Field("createdAt", \.createdAt, Instant.schema),
        Field("nextAttemptAt", \.nextAttemptAt, .optional(Instant.schema)),
        Field("finishedAt", \.finishedAt, .optional(Instant.schema)),
        Field("lastStatus", \.lastStatus, .optional(.int(100...999))),
        Field("lastError", \.lastError, .optional(.string(0...1000))),
        Field("payload", \.payload, .optional(.string(0...1_000_000)), note: "What is sent; for one message alone."),
        Field(
            "log", \.log, .optional(.list(WebhookAttemptShown.schema)),
            note: "Every try, the newest 50; for one message alone."))
}

extension WebhookDeliveryShown {
    /// - Parameter attempts: its tries, where it is shown with all about it.
    init(_ delivery: WebhookDelivery, attempts: [WebhookAttempt]? = nil) {
        self.init(
            id: delivery.id, event: delivery.event, state: delivery.state,
            attempts: delivery.attempts + delivery.attemptsBefore, createdAt: delivery.createdAt,
            nextAttemptAt: delivery.state == .waiting ? delivery.dueAt : nil, finishedAt: delivery.finishedAt,
            lastStatus: delivery.lastStatus, lastError: delivery.lastError,
            payload: attempts == nil ? nil : String(decoding: delivery.body, as: UTF8.self),
            log: attempts.map { $0.map { WebhookAttemptShown($0) } })
    }
}

/// One try.
struct WebhookAttemptShown: Described {
    var number: Int
    var at: Instant
    var milliseconds: Int
    var status: Int?
    var error: String?
    var request: String
    var response: String

    static let schema = Schema.object(
        Self.init(number:at:milliseconds:status:error:request:response:),
        Field("number", \.number, .int(1...1_000_000)),
        Field("at", \.at, Instant.schema),
        Field("milliseconds", \.milliseconds, .int(0...1_000_000)),
        Field("status", \.status, .optional(.int(100...999))),
        Field("error", \.error, .optional(.string(0...1000))),
        Field("request", \.request, .string(0...10_000), note: "Without signature and body."),
        Field("response", \.response, .string(0...10_000), note: "The first 1,000 bytes."))

    init(
        number: Int, at: Instant, milliseconds: Int, status: Int?, error: String?, request: String, response: String
    ) {
        self.number = number
        self.at = at
        self.milliseconds = milliseconds
        self.status = status
        self.error = error
        self.request = request
        self.response = response
    }

    init(_ attempt: WebhookAttempt) {
        self.init(
            number: attempt.number, at: attempt.at, milliseconds: attempt.milliseconds, status: attempt.status,
            error: attempt.error, request: attempt.request, response: attempt.response)
    }
}

/// An event that webhooks can be told of.
struct WebhookEventShown: Described {
    var name: String
    var summary: String
    static let schema = Schema.object(
        Self.init(name:summary:), Field("name", \.name, .string(1...100)),
        Field("summary", \.summary, .string(0...1000)))
}
