import PluginAPI

extension WebhookTable {
    /// A tenant has at most so many.
    static let limit = 50

    static func all(_ tables: some Queries) throws(StoreError) -> [Webhook] {
        try tables.all("SELECT * FROM portico_webhook ORDER BY created_at, id", as: Webhook.self)
    }

    static func find(_ id: String, _ tables: some Queries) throws(StoreError) -> Webhook? {
        try tables.first("SELECT * FROM portico_webhook WHERE id = \(id)", as: Webhook.self)
    }

    static func page(
        _ page: Int, limit: Int, _ tables: some Queries
    ) throws(StoreError) -> (webhooks: [Webhook], total: Int) {
        let found = try tables.all(
            """
            SELECT * FROM portico_webhook ORDER BY created_at DESC, id LIMIT \(limit) OFFSET \((page - 1) * limit)
            """, as: Webhook.self)
        return (found, try tables.value("SELECT COUNT(*) FROM portico_webhook") ?? 0)
    }

    /// What a webhook is to be.
    struct New: Sendable {
        let endpoint: String
        let description: String
        let secret: WebhookSecret
        let events: [WebhookPattern]
        let isActive: Bool
    }

    /// Keeps a new one, of the account that acts. What happened before is none of its business.
    ///
    /// - Returns: its id; nil when there are as many as there can be.
    static func add(_ new: New, _ origin: Origin, _ host: HostWriter) throws(StoreError) -> String? {
        let count = try host.value("SELECT COUNT(*) FROM portico_webhook", as: Int.self) ?? 0
        guard count < limit, let owner = origin.person else { return nil }
        if count == 0 {
            let head = try EventTable.head(host)?.id ?? 0
            try host.run("UPDATE portico_webhook_place SET position = \(head)")
        }
        let id = Identifier.make("whk", at: origin.now)
        let now = origin.now.microseconds
        try host.run(
            """
            INSERT INTO portico_webhook (id, endpoint, description, secret, events, state, owner_id, created_at, changed_at)
            VALUES (\(id), \(new.endpoint), \(new.description), \(Sealed(new.secret)), \(text(new.events)),
                \(new.isActive ? Webhook.State.active : .off), \(owner), \(now), \(now))
            """)
        try AuditTable.append(
            AuditEntry(
                "webhook.added", on: Subject("webhook", id: id, owner: owner),
                details: ["endpoint": .string(new.endpoint), "events": .string(text(new.events))]), origin, host)
        return id
    }

    /// Changes one. Switched on again it has no failures, and what has waited is due.
    static func change(
        _ webhook: Webhook, endpoint: String?, description: String?, events: [WebhookPattern]?, isActive: Bool?,
        _ origin: Origin, _ host: HostWriter
    ) throws(StoreError) {
        let state: Webhook.State = isActive.map { $0 ? .active : .off } ?? webhook.state
        let isFresh = state == .active && webhook.state != .active
        try host.run(
            """
            UPDATE portico_webhook SET endpoint = \(endpoint ?? webhook.endpoint),
                description = \(description ?? webhook.description), events = \(text(events ?? webhook.events)),
                state = \(state), changed_at = \(origin.now.microseconds),
                failures = CASE WHEN \(isFresh) THEN 0 ELSE failures END,
                failing_since = CASE WHEN \(isFresh) THEN NULL ELSE failing_since END
            WHERE id = \(webhook.id)
            """)
        if state == .active { host.note(WorkDue(at: origin.now)) }
        let before: JSON = [
            "endpoint": .string(webhook.endpoint), "events": .string(text(webhook.events)),
            "state": .string(webhook.state.rawValue),
        ]
        let after: JSON = [
            "endpoint": .string(endpoint ?? webhook.endpoint), "events": .string(text(events ?? webhook.events)),
            "state": .string(state.rawValue),
        ]
        try AuditTable.append(
            AuditEntry("webhook.changed", on: webhook.subject, before: before, after: after), origin, host)
    }

    /// Gives one another secret; for a while messages are signed with both.
    static func rotate(
        _ webhook: Webhook, to secret: WebhookSecret, overlap: Duration, _ origin: Origin, _ host: HostWriter
    ) throws(StoreError) {
        try host.run(
            """
            UPDATE portico_webhook SET previous_secret = \(Sealed(webhook.secret)),
                previous_until = \((origin.now + overlap).microseconds), secret = \(Sealed(secret)),
                changed_at = \(origin.now.microseconds)
            WHERE id = \(webhook.id)
            """)
        try AuditTable.append(AuditEntry("webhook.rotated", on: webhook.subject), origin, host)
    }

    static func remove(_ webhook: Webhook, _ origin: Origin, _ host: HostWriter) throws(StoreError) {
        try host.run("DELETE FROM portico_webhook WHERE id = \(webhook.id)")
        try AuditTable.append(
            AuditEntry(
                "webhook.removed", on: webhook.subject, details: ["endpoint": .string(webhook.endpoint)]), origin, host)
    }

    /// Stops one that the host gives up on.
    static func stop(
        _ webhook: Webhook, as state: Webhook.State, because reason: String, _ origin: Origin, _ host: HostWriter
    ) throws(StoreError) {
        try host.run(
            "UPDATE portico_webhook SET state = \(state) WHERE id = \(webhook.id) AND state = \(Webhook.State.active)")
        try AuditTable.append(
            AuditEntry(
                "webhook.\(state.rawValue)", on: webhook.subject,
                details: ["endpoint": .string(webhook.endpoint), "reason": .string(reason)]), origin, host)
    }

    private static func text(_ events: [WebhookPattern]) -> String {
        events.map(\.text).joined(separator: " ")
    }
}
