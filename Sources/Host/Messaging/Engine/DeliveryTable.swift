import PluginAPI

/// What is to be sent on each way, and what became of it: the queue of the dispatcher and the history of what people were
/// told.
enum DeliveryTable {
    static let migration = Migration(
        "000-deliveries",
        """
        ALTER TABLE portico_outbox ADD COLUMN is_emergency INTEGER NOT NULL DEFAULT 0;
        CREATE TABLE portico_delivery (
            id TEXT PRIMARY KEY,
            message_id TEXT NOT NULL,
            plugin TEXT NOT NULL,
            type TEXT NOT NULL,
            category TEXT NOT NULL,
            importance TEXT NOT NULL,
            person_id TEXT,
            about_kind TEXT NOT NULL,
            about_id TEXT NOT NULL,
            channel TEXT NOT NULL,
            device_id TEXT,
            state TEXT NOT NULL
                CHECK (state IN ('waiting', 'sent', 'delivered', 'dead', 'suppressed', 'withdrawn')),
            reason TEXT,
            attempts INTEGER NOT NULL DEFAULT 0,
            due_at INTEGER NOT NULL,
            lessee TEXT,
            batch_id TEXT,
            batch_at INTEGER,
            expires_at INTEGER,
            created_at INTEGER NOT NULL,
            sent_at INTEGER,
            delivered_at INTEGER,
            opened_at INTEGER,
            clicked_at INTEGER,
            answered_at INTEGER,
            said BLOB,
            provider_reference TEXT,
            last_error TEXT
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX portico_delivery_due ON portico_delivery (due_at) WHERE state = 'waiting';
        CREATE INDEX portico_delivery_expiry ON portico_delivery (expires_at)
            WHERE state = 'waiting' AND expires_at IS NOT NULL;
        CREATE INDEX portico_delivery_person ON portico_delivery (person_id, created_at);
        CREATE INDEX portico_delivery_message ON portico_delivery (message_id);
        CREATE INDEX portico_delivery_created ON portico_delivery (created_at);
        CREATE INDEX portico_delivery_dead ON portico_delivery (created_at) WHERE state = 'dead';
        CREATE INDEX portico_delivery_batch ON portico_delivery (batch_id) WHERE batch_id IS NOT NULL;
        """)

    /// Numbers for what is shown in the portal, for dialects whose ids are whole numbers (seed 003).
    static let numbers = Migration(
        "000-delivery-numbers",
        """
        ALTER TABLE portico_delivery ADD COLUMN number INTEGER;
        UPDATE portico_delivery SET number = numbered.number
            FROM (SELECT id, row_number() OVER (ORDER BY created_at, id) AS number FROM portico_delivery
                WHERE channel = 'in_app') AS numbered
            WHERE numbered.id = portico_delivery.id;
        CREATE UNIQUE INDEX portico_delivery_number ON portico_delivery (number) WHERE number IS NOT NULL;
        """)

    /// A way that the planner found.
    struct New: Sendable {
        var channel: DeliveryChannel
        var device: String?
        var state = Delivery.State.waiting
        var reason: String?
        var dueAt: Instant
        /// Whether it waits to be put together with others.
        var isDigest = false
        /// For what is shown in the portal: the words.
        var said: SentWords?
    }

    /// Adds a way of a message.
    ///
    /// - Returns: its id.
    static func add(_ new: New, of message: OutboxRow, _ facts: MessageFacts, now: Instant, _ host: HostWriter)
        throws(StoreError) -> String
    {
        let id = Identifier.make("dlv", at: now)
        let batch = new.isDigest ? try Self.batch(new, message.person, now, host) : nil
        let isDone: Int64? = new.state == .delivered ? now.microseconds : nil
        let number: SQL =
            new.channel == .inApp
            ? "(SELECT ifnull(max(number), 0) + 1 FROM portico_delivery WHERE number IS NOT NULL)" : "NULL"
        try host.run(
            """
            INSERT INTO portico_delivery (id, message_id, plugin, type, category, importance, person_id, about_kind,
                about_id, channel, device_id, state, reason, due_at, batch_id, batch_at, expires_at, created_at,
                sent_at, delivered_at, said, number)
            VALUES (\(id), \(message.id), \(message.plugin), \(message.type), \(facts.category.name),
                \(facts.importance.rawValue), \(message.person), \(message.about.kind), \(message.about.id),
                \(new.channel), \(new.device), \(new.state), \(new.reason), \(new.dueAt.microseconds), \(batch),
                \(batch == nil ? nil : new.dueAt.microseconds), \(message.expiresAt?.microseconds),
                \(now.microseconds), \(isDone), \(isDone), \(new.said.map { Sealed($0) }),
                \(number))
            """)
        if new.state == .waiting { host.note(WorkDue(at: new.dueAt)) }
        return id
    }

    /// The digest that is put together at this moment for this way, or a new one. Once it is due nothing joins it any more, so
    /// that it is the same at a second try.
    private static func batch(
        _ new: New, _ person: PersonID?, _ now: Instant, _ host: HostWriter
    ) throws(StoreError) -> String {
        let known = try host.value(
            """
            SELECT batch_id FROM portico_delivery WHERE person_id = \(person) AND channel = \(new.channel)
            AND device_id IS \(new.device) AND batch_at = \(new.dueAt.microseconds) AND state = 'waiting'
            AND attempts = 0 AND batch_at > \(now.microseconds) LIMIT 1
            """, as: String.self)
        return known ?? Identifier.make("dig", at: now)
    }

    /// Takes what is due for sending, with whole digests. Until the lease ends nobody else takes it; if it is lost it is due
    /// again then, and if the process dies, when the next one opens the tenant.
    static func lease(
        at now: Instant, for length: Duration, by lessee: String, limit: Int, _ host: HostWriter
    ) throws(StoreError) -> [Delivery] {
        let expired = try host.all(
            """
            SELECT * FROM portico_delivery
            WHERE state = 'waiting' AND expires_at IS NOT NULL AND expires_at <= \(now.microseconds)
            """, as: Delivery.self)
        for delivery in expired {
            try end(delivery, as: .dead, "expired", error: "expired before it could be sent", now: now, host)
        }
        var rows = try host.all(
            """
            SELECT * FROM portico_delivery WHERE state = 'waiting' AND due_at <= \(now.microseconds)
            ORDER BY due_at, id LIMIT \(limit)
            """, as: Delivery.self)
        for batch in Set(rows.compactMap(\.batch)).sorted() {
            let members = try host.all(
                "SELECT * FROM portico_delivery WHERE state = 'waiting' AND batch_id = \(batch) ORDER BY id",
                as: Delivery.self)
            rows.removeAll { $0.batch == batch }
            rows += members
        }
        for row in rows {
            try host.run(
                """
                UPDATE portico_delivery SET due_at = \((now + length).microseconds), lessee = \(lessee),
                    attempts = attempts + 1 WHERE id = \(row.id)
                """)
        }
        return rows
    }

    /// Ends the leases of processes that are gone: one process at a time has the tenant's file.
    static func endLeases(exceptOf instance: String, now: Instant, _ host: HostWriter) throws(StoreError) {
        let ended = try host.run(
            """
            UPDATE portico_delivery SET due_at = \(now.microseconds), lessee = NULL
            WHERE state = 'waiting' AND lessee <> \(instance)
            """)
        if ended > 0 { host.note(WorkDue(at: now)) }
    }

    /// When the earliest waiting delivery, or a lease, is due.
    static func nextDue(_ tables: some Queries) throws(StoreError) -> Instant? {
        try tables.value(
            "SELECT due_at FROM portico_delivery WHERE state = 'waiting' ORDER BY due_at LIMIT 1", as: Int64.self
        )
        .map { Instant(microseconds: $0) }
    }

    /// One delivery.
    static func find(_ id: String, _ tables: some Queries) throws(StoreError) -> Delivery? {
        try tables.first("SELECT * FROM portico_delivery WHERE id = \(id)", as: Delivery.self)
    }

    /// Every way of a message, in the order in which they were found.
    static func all(of message: String, _ tables: some Queries) throws(StoreError) -> [Delivery] {
        try tables.all("SELECT * FROM portico_delivery WHERE message_id = \(message) ORDER BY id", as: Delivery.self)
    }

    /// Takes back what has not been sent of these messages.
    static func withdraw(plugin: String, key: String, now: Instant, _ host: HostWriter) throws(StoreError) {
        let rows = try host.all(
            """
            SELECT delivery.* FROM portico_delivery AS delivery JOIN portico_outbox AS message
            ON message.id = delivery.message_id
            WHERE message.plugin = \(plugin) AND message.key = \(key) AND message.key <> ''
                AND delivery.state = 'waiting'
            """, as: Delivery.self)
        for row in rows { try end(row, as: .withdrawn, "withdrawn", now: now, host) }
    }

    /// Ends a delivery that waited, and says why in its trace.
    static func end(
        _ delivery: Delivery, as state: Delivery.State, _ reason: String, error: String? = nil, now: Instant,
        _ host: HostWriter
    ) throws(StoreError) {
        let changed = try host.run(
            """
            UPDATE portico_delivery SET state = \(state), reason = \(reason), lessee = NULL,
                last_error = COALESCE(\(error), last_error) WHERE id = \(delivery.id) AND state = 'waiting'
            """)
        guard changed > 0 else { return }
        let verdict = Verdict("outcome", state.rawValue, error ?? reason)
        try TraceTable.add([verdict], to: delivery.message, of: delivery.id, at: now, host)
    }

    /// Says why a delivery is what it is.
    static func setError(_ error: String?, of id: String, _ host: HostWriter) throws(StoreError) {
        guard let error else { return }
        try host.run("UPDATE portico_delivery SET last_error = \(error) WHERE id = \(id)")
    }

    /// Forgets messages that were settled long ago, with their ways and traces.
    static func trim(before: Instant, _ host: HostWriter) throws(StoreError) {
        let waits: SQL = "SELECT message_id FROM portico_delivery WHERE state = 'waiting'"
        try host.run(
            """
            DELETE FROM portico_outbox WHERE state <> 'waiting' AND created_at < \(before.microseconds)
            AND id NOT IN (\(waits))
            """)
        for table in [
            "DELETE FROM portico_delivery WHERE created_at < \(before.microseconds) AND state <> 'waiting'",
            "DELETE FROM portico_trace WHERE at < \(before.microseconds)",
        ] as [SQL] {
            try host.run(table + "AND message_id NOT IN (SELECT id FROM portico_outbox)")
        }
    }
}
