import PluginAPI

extension WebhookTable {
    /// A message that is to be sent.
    struct NewDelivery: Sendable {
        let webhook: String
        /// The event's number in the log; nil for a test.
        let eventID: Int64?
        let event: String
        let body: [UInt8]
        let requestID: String
        let happenedAt: Instant
    }

    /// Messages to one webhook that may wait.
    static let queueLimit = 20_000
    /// Tries that are remembered of one message.
    private static let attemptLimit = 50
    /// Rows trimmed in one go.
    private static let trimBatch = 1_000
    /// Messages kept, however young.
    private static let countLimit = 100_000
    static let trimJob = "webhook-trim"

    /// Up to where the event log has been made into messages.
    static func place(_ tables: some Queries) throws(StoreError) -> Int64 {
        try tables.value("SELECT position FROM portico_webhook_place", as: Int64.self) ?? 0
    }

    static func move(to position: Int64, _ host: HostWriter) throws(StoreError) {
        try host.run("UPDATE portico_webhook_place SET position = \(position)")
    }

    /// Keeps a message, unless the webhook has one of that event.
    ///
    /// - Returns: its id; nil when there is one already.
    @discardableResult
    static func add(_ new: NewDelivery, now: Instant, _ host: HostWriter) throws(StoreError) -> String? {
        let id = Identifier.make("msg", at: now)
        let added = try host.run(
            """
            INSERT INTO portico_webhook_delivery (id, webhook_id, event_id, event, body, request_id, due_at, happened_at,
                created_at)
            VALUES (\(id), \(new.webhook), \(new.eventID), \(new.event), \(new.body),
                \(new.requestID), \(now.microseconds), \(new.happenedAt.microseconds), \(now.microseconds))
            ON CONFLICT (webhook_id, event_id) DO NOTHING
            """)
        guard added > 0 else { return nil }
        host.note(WorkDue(at: now))
        return id
    }

    /// Whether as many messages wait as may.
    static func isFull(_ webhook: String, _ tables: some Queries) throws(StoreError) -> Bool {
        let waiting = try tables.value(
            """
            SELECT COUNT(*) FROM (SELECT 1 FROM portico_webhook_delivery
                WHERE webhook_id = \(webhook) AND state = 'waiting' LIMIT \(queueLimit))
            """, as: Int.self)
        return waiting ?? 0 >= queueLimit
    }

    /// What is due of one webhook, the longest waiting first; of one that is not active, tests alone.
    static func due(
        _ webhook: Webhook, at now: Instant, limit: Int, _ tables: some Queries
    ) throws(StoreError) -> [WebhookDelivery] {
        let only: SQL = webhook.state == .active ? "" : "AND event_id IS NULL"
        return try tables.all(
            """
            SELECT * FROM portico_webhook_delivery
            WHERE webhook_id = \(webhook.id) AND state = 'waiting' AND due_at <= \(now.microseconds)
            """ + only + "ORDER BY due_at, number LIMIT \(limit)", as: WebhookDelivery.self)
    }

    /// Takes a message for sending. Until the lease ends nobody else takes it.
    ///
    /// - Returns: false when it is not due any more.
    static func lease(
        _ delivery: Int64, at now: Instant, for length: Duration, by lessee: String, _ host: HostWriter
    ) throws(StoreError) -> Bool {
        try host.run(
            """
            UPDATE portico_webhook_delivery SET due_at = \((now + length).microseconds), lessee = \(lessee)
            WHERE number = \(delivery) AND state = 'waiting' AND due_at <= \(now.microseconds)
            """) > 0
    }

    /// Ends the leases of processes that are gone: one process at a time has the tenant's file.
    static func endLeases(exceptOf instance: String, now: Instant, _ host: HostWriter) throws(StoreError) {
        let ended = try host.run(
            """
            UPDATE portico_webhook_delivery SET due_at = \(now.microseconds), lessee = NULL
            WHERE state = 'waiting' AND lessee <> \(instance)
            """)
        if ended > 0 { host.note(WorkDue(at: now)) }
    }

    /// When something of the webhooks is next due; what is due already waits for a place, and is looked at again then.
    static func nextDue(now: Instant, again: Duration, _ tables: some Queries) throws(StoreError) -> Instant? {
        var next: Instant?
        for webhook in try all(tables) {
            let only: SQL = webhook.state == .active ? "" : "AND event_id IS NULL"
            let due = try tables.value(
                "SELECT MIN(due_at) FROM portico_webhook_delivery WHERE webhook_id = \(webhook.id) AND state = 'waiting'"
                    + only, as: Int64?.self)
            guard let found = due, let due = found else { continue }
            let moment = due > now.microseconds ? Instant(microseconds: due) : now + again
            next = min(next ?? moment, moment)
        }
        return next
    }

    /// Notes a try that settled nothing, because the host could not really try.
    static func putBack(_ delivery: WebhookDelivery, until: Instant, _ host: HostWriter) throws(StoreError) {
        try host.run(
            """
            UPDATE portico_webhook_delivery SET due_at = \(until.microseconds), lessee = NULL
            WHERE number = \(delivery.number) AND state = 'waiting'
            """)
        host.note(WorkDue(at: until))
    }

    /// Notes a try.
    ///
    /// - Parameters:
    ///   - state: where it leads; `waiting` with the moment of the next try.
    static func record(
        _ attempt: WebhookAttempt, of delivery: WebhookDelivery, _ state: WebhookDelivery.State, again: Instant?,
        now: Instant, _ host: HostWriter
    ) throws(StoreError) {
        let isFinal = state != .waiting
        let finished: Int64? = isFinal ? now.microseconds : nil
        try host.run(
            """
            UPDATE portico_webhook_delivery SET state = \(state), attempts = attempts + 1, lessee = NULL,
                due_at = \((again ?? now).microseconds), finished_at = \(finished),
                last_status = \(attempt.status), last_error = \(attempt.error)
            WHERE number = \(delivery.number)
            """)
        // The webhook, and with it the message, may have been removed meanwhile.
        try host.run(
            """
            INSERT INTO portico_webhook_attempt (delivery, number, at, milliseconds, status, error, request, response)
            SELECT number, \(attempt.number), \(attempt.at.microseconds), \(attempt.milliseconds), \(attempt.status),
                \(attempt.error), \(attempt.request), \(attempt.response)
            FROM portico_webhook_delivery WHERE number = \(delivery.number)
            ON CONFLICT DO NOTHING
            """)
        try host.run(
            """
            DELETE FROM portico_webhook_attempt
            WHERE delivery = \(delivery.number) AND number <= \(attempt.number - attemptLimit)
            """)
        if let again { host.note(WorkDue(at: again)) }
        // Another message may have waited for the place of this one.
        host.note(WorkDue(at: now))
    }

    /// Notes for the webhook how a try went.
    static func note(
        success: Bool, status: Int?, of webhook: String, now: Instant, _ host: HostWriter
    ) throws(StoreError) {
        if success {
            try host.run(
                """
                UPDATE portico_webhook SET failures = 0, failing_since = NULL, last_success_at = \(now.microseconds),
                    last_status = \(status) WHERE id = \(webhook)
                """)
        } else {
            try host.run(
                """
                UPDATE portico_webhook SET failures = failures + 1,
                    failing_since = COALESCE(failing_since, \(now.microseconds)), last_status = \(status)
                WHERE id = \(webhook)
                """)
        }
    }
}

// What was sent, to look at and to send again.
extension WebhookTable {
    static func deliveries(
        of webhook: String, state: WebhookDelivery.State?, page: Int, limit: Int, _ tables: some Queries
    ) throws(StoreError) -> (deliveries: [WebhookDelivery], total: Int) {
        let rows: SQL =
            """
            FROM portico_webhook_delivery WHERE webhook_id = \(webhook) AND (\(state) IS NULL OR state = \(state))
            """
        let found = try tables.all(
            "SELECT *" + rows + "ORDER BY number DESC LIMIT \(limit) OFFSET \((page - 1) * limit)",
            as: WebhookDelivery.self)
        return (found, try tables.value("SELECT COUNT(*)" + rows) ?? 0)
    }

    static func delivery(
        _ id: String, of webhook: String, _ tables: some Queries
    ) throws(StoreError) -> WebhookDelivery? {
        try tables.first(
            "SELECT * FROM portico_webhook_delivery WHERE id = \(id) AND webhook_id = \(webhook)",
            as: WebhookDelivery.self)
    }

    static func attempts(of delivery: Int64, _ tables: some Queries) throws(StoreError) -> [WebhookAttempt] {
        try tables.all(
            "SELECT * FROM portico_webhook_attempt WHERE delivery = \(delivery) ORDER BY number",
            as: WebhookAttempt.self)
    }

    /// Sends a settled message again, under its id. One that waits is due at once.
    static func replay(_ delivery: Int64, now: Instant, _ host: HostWriter) throws(StoreError) {
        try host.run(
            """
            UPDATE portico_webhook_delivery SET
                attempts_before = attempts_before + CASE WHEN state = 'waiting' THEN 0 ELSE attempts END,
                attempts = CASE WHEN state = 'waiting' THEN attempts ELSE 0 END,
                state = 'waiting', finished_at = NULL,
                due_at = CASE WHEN lessee IS NULL THEN \(now.microseconds) ELSE due_at END
            WHERE number = \(delivery)
            """)
        host.note(WorkDue(at: now))
    }

    /// Messages of what happened in a time, the oldest first.
    static func deliveries(
        of webhook: String, since: Instant, until: Instant, limit: Int, _ tables: some Queries
    ) throws(StoreError) -> [Happened] {
        try tables.all(
            """
            SELECT number, event_id, happened_at FROM portico_webhook_delivery
            WHERE webhook_id = \(webhook) AND event_id IS NOT NULL
            AND happened_at >= \(since.microseconds) AND happened_at < \(until.microseconds)
            ORDER BY happened_at, number LIMIT \(limit)
            """)
    }

    /// A message and what it is about.
    struct Happened: Record {
        let number: Int64
        let eventID: Int64
        let at: Instant

        init(row: borrowing Row) throws(StoreError) {
            number = try row.get("number")
            eventID = try row.get("event_id")
            at = Instant(microseconds: try row.get("happened_at"))
        }
    }

    /// Events of a time that a webhook has no message of, the oldest first.
    static func missed(
        by webhook: String, names: [String], since: Instant, until: Instant, limit: Int, _ tables: some Queries
    ) throws(StoreError) -> [LoggedEvent] {
        try tables.all(
            """
            SELECT * FROM portico_event AS event WHERE at >= \(since.microseconds) AND at < \(until.microseconds)
            AND name IN \(SQL.list(names)) AND NOT EXISTS (
                SELECT 1 FROM portico_webhook_delivery WHERE webhook_id = \(webhook) AND event_id = event.id)
            ORDER BY at, id LIMIT \(limit)
            """)
    }

    /// Forgets settled messages that are old, or too many.
    ///
    /// - Returns: whether there may be more to forget.
    static func trim(before: Instant, _ host: HostWriter) throws(StoreError) -> Bool {
        let last = try host.value("SELECT MAX(number) FROM portico_webhook_delivery", as: Int64?.self) ?? nil
        guard let last else { return false }
        let gone = try host.run(
            """
            DELETE FROM portico_webhook_delivery WHERE number IN (
                SELECT number FROM portico_webhook_delivery WHERE state <> 'waiting'
                AND (created_at < \(before.microseconds) OR number <= \(last - Int64(countLimit)))
                LIMIT \(trimBatch))
            """)
        return gone >= trimBatch
    }
}
