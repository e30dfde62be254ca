import PluginAPI

/// A tenant's subscription: where, what, and how it goes.
struct Webhook: Record, Sendable {
    /// Whether messages are sent.
    enum State: String, Sendable, CaseIterable, SQLConvertible {
        case active
        /// Switched off by somebody.
        case off
        /// Stopped by the host, because it kept failing.
        case paused
        /// Stopped for good by the receiver's own word, 410.
        case gone
    }

    let id: String
    let endpoint: String
    let description: String
    let secret: WebhookSecret
    /// The secret before the last rotation, and until when messages are signed with it too.
    let previous: (secret: WebhookSecret, until: Instant)?
    let events: [WebhookPattern]
    let state: State
    let owner: PersonID
    let createdAt: Instant
    let changedAt: Instant
    /// Tries in a row that failed.
    let failures: Int
    let failingSince: Instant?
    let lastSuccessAt: Instant?
    let lastStatus: Int?

    init(row: borrowing Row) throws(StoreError) {
        id = try row.get("id")
        endpoint = try row.get("endpoint")
        description = try row.get("description")
        secret = try row.get("secret", as: Sealed<WebhookSecret>.self).value
        let before = try row.get("previous_secret", as: Sealed<WebhookSecret>?.self)
        let until = try row.get("previous_until", as: Int64?.self)
        previous = if let before, let until { (before.value, Instant(microseconds: until)) } else { nil }
        events = try row.get("events", as: String.self).split(separator: " ").compactMap { WebhookPattern(String($0)) }
        state = try row.get("state")
        owner = try row.get("owner_id")
        createdAt = Instant(microseconds: try row.get("created_at"))
        changedAt = Instant(microseconds: try row.get("changed_at"))
        failures = try row.get("failures")
        failingSince = try row.get("failing_since", as: Int64?.self).map { Instant(microseconds: $0) }
        lastSuccessAt = try row.get("last_success_at", as: Int64?.self).map { Instant(microseconds: $0) }
        lastStatus = try row.get("last_status")
    }

    /// What messages are signed with at a moment, the newest first.
    func secrets(at now: Instant) -> [WebhookSecret] {
        guard let previous, now < previous.until else { return [secret] }
        return [secret, previous.secret]
    }

    func wants(_ event: String) -> Bool { events.contains { $0.matches(event) } }
    var subject: Subject { Subject("webhook", id: id, owner: owner) }
}

/// One message to one webhook.
struct WebhookDelivery: Record, Sendable {
    /// How far it is.
    enum State: String, Sendable, CaseIterable, SQLConvertible { case waiting, delivered, failed }

    let number: Int64
    /// `webhook-id`: the same however often it is sent.
    let id: String
    let webhook: String
    /// Whether somebody pressed the test button, and nothing has happened.
    let isTest: Bool
    let event: String
    let body: [UInt8]
    let requestID: String
    let state: State
    /// Tries of this round, and before it.
    let attempts: Int, attemptsBefore: Int
    let dueAt: Instant
    let createdAt: Instant
    let finishedAt: Instant?
    let lastStatus: Int?
    let lastError: String?

    init(row: borrowing Row) throws(StoreError) {
        number = try row.get("number")
        id = try row.get("id")
        webhook = try row.get("webhook_id")
        isTest = try row.get("event_id", as: Int64?.self) == nil
        event = try row.get("event")
        body = try row.get("body")
        requestID = try row.get("request_id")
        state = try row.get("state")
        attempts = try row.get("attempts")
        attemptsBefore = try row.get("attempts_before")
        dueAt = Instant(microseconds: try row.get("due_at"))
        createdAt = Instant(microseconds: try row.get("created_at"))
        finishedAt = try row.get("finished_at", as: Int64?.self).map { Instant(microseconds: $0) }
        lastStatus = try row.get("last_status")
        lastError = try row.get("last_error")
    }
}

/// One try to send a message.
struct WebhookAttempt: Record, Sendable {
    let number: Int
    let at: Instant
    let milliseconds: Int
    let status: Int?
    let error: String?
    /// What was said and answered, without secrets and cut short.
    let request: String, response: String

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

    init(row: borrowing Row) throws(StoreError) {
        number = try row.get("number")
        at = Instant(microseconds: try row.get("at"))
        milliseconds = try row.get("milliseconds")
        status = try row.get("status")
        error = try row.get("error")
        request = try row.get("request")
        response = try row.get("response")
    }
}
