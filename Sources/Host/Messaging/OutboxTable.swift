import PluginAPI

/// Messages that are to be sent, written in the transaction that causes them: what is acknowledged is sent, whatever
/// happens to the process in between.
enum OutboxTable {
    static let migration = Migration(
        "000-outbox",
        """
        CREATE TABLE portico_outbox (
            id TEXT PRIMARY KEY,
            plugin TEXT NOT NULL,
            type TEXT NOT NULL,
            person_id TEXT,
            content BLOB NOT NULL,
            about_kind TEXT NOT NULL,
            about_id TEXT NOT NULL,
            key TEXT NOT NULL,
            request_id TEXT NOT NULL,
            state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sent', 'dead', 'withdrawn')),
            channel TEXT,
            attempts INTEGER NOT NULL DEFAULT 0,
            due_at INTEGER NOT NULL,
            lessee TEXT,
            expires_at INTEGER,
            created_at INTEGER NOT NULL,
            sent_at INTEGER,
            provider_reference TEXT,
            last_error TEXT
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX portico_outbox_due ON portico_outbox (state, due_at);
        CREATE INDEX portico_outbox_expiry ON portico_outbox (expires_at)
            WHERE state = 'waiting' AND expires_at IS NOT NULL;
        CREATE INDEX portico_outbox_key ON portico_outbox (plugin, key) WHERE key <> '';
        """)

    /// A plugin's message to a person.
    static func add(_ notice: Notice, _ origin: Origin, _ host: HostWriter) throws(StoreError) {
        try insert(
            .template(values: notice.values), type: notice.type, person: notice.to, about: notice.subject,
            key: notice.key, due: max(notice.notBefore ?? origin.now, origin.now), expires: nil, origin, host)
    }

    /// The host's own message to an address, e.g. a one-time code; not sent any more once it has expired.
    ///
    /// - Parameter type: what kind of message it is.
    static func addDirect(
        _ type: String, channel: Channel, to address: String, subject: String, body: String, expiresAt: Instant,
        _ origin: Origin, _ host: HostWriter
    ) throws(StoreError) {
        try insert(
            .direct(channel: channel, address: address, subject: subject, body: body), type: type, person: nil,
            about: Subject("sign-in", id: ""), key: "", due: origin.now, expires: expiresAt, origin, host)
    }

    private static func insert(
        _ content: MessageContent, type: String, person: PersonID?, about: Subject, key: String, due: Instant,
        expires: Instant?, _ origin: Origin, _ host: HostWriter
    ) throws(StoreError) {
        // What would not open again must not lie among the others, where it would hold all of them up.
        guard content.opensAgain else {
            throw StoreError(.misuse, "the message \(type) is too long or has control characters")
        }
        let id = Identifier.make("msg", at: origin.now)
        try host.run(
            """
            INSERT INTO portico_outbox (id, plugin, type, person_id, content, about_kind, about_id, key, request_id,
                due_at, expires_at, created_at)
            VALUES (\(id), \(origin.plugin), \(type), \(person), \(Sealed(content)), \(about.kind), \(about.id), \(key),
                \(origin.requestID), \(due.microseconds), \(expires?.microseconds), \(origin.now.microseconds))
            """)
        host.note(WorkDue(at: due))
    }

    /// Takes back what has not been sent.
    static func withdraw(key: String, _ origin: Origin, _ host: HostWriter) throws(StoreError) {
        guard !key.isEmpty else { return }
        try host.run(
            """
            UPDATE portico_outbox SET state = 'withdrawn'
            WHERE plugin = \(origin.plugin) AND key = \(key) AND key <> '' AND state = 'waiting'
            """)
    }

    /// Takes the messages that are due for sending. Until the lease ends nobody else takes them; if they are lost they
    /// are due again then, and if the process dies, when the next one opens the tenant.
    static func lease(
        at now: Instant, for length: Duration, by lessee: String, limit: Int, _ host: HostWriter
    ) throws(StoreError) -> [OutboxRow] {
        try host.run(
            """
            UPDATE portico_outbox SET state = 'dead', last_error = 'expired before it could be sent'
            WHERE state = 'waiting' AND expires_at IS NOT NULL AND expires_at <= \(now.microseconds)
            """)
        let rows = try host.all(
            """
            SELECT * FROM portico_outbox WHERE state = 'waiting' AND due_at <= \(now.microseconds)
            ORDER BY due_at LIMIT \(limit)
            """, as: OutboxRow.self)
        for row in rows {
            try host.run(
                """
                UPDATE portico_outbox SET due_at = \((now + length).microseconds), lessee = \(lessee),
                    attempts = attempts + 1
                WHERE id = \(row.id)
                """)
        }
        return rows
    }

    /// Ends the leases of processes that are gone: one process at a time has the tenant's file.
    static func endLeases(exceptOf instance: String, now: Instant, _ host: HostWriter) throws(StoreError) {
        let ended = try host.run(
            """
            UPDATE portico_outbox SET due_at = \(now.microseconds), lessee = NULL
            WHERE state = 'waiting' AND lessee <> \(instance)
            """)
        if ended > 0 { host.note(WorkDue(at: now)) }
    }

    /// Notes how sending went.
    static func record(_ result: DeliveryResult, of row: OutboxRow, now: Instant, _ host: HostWriter) throws(StoreError)
    {
        switch result {
        case .sent(let channel, let reference):
            try host.run(
                """
                UPDATE portico_outbox SET state = 'sent', channel = \(channel.rawValue), sent_at = \(now.microseconds),
                    provider_reference = \(reference), last_error = NULL WHERE id = \(row.id)
                """)
        case .failed(let error, let again?):
            try host.run(
                """
                UPDATE portico_outbox SET due_at = \(again.microseconds), lessee = NULL, last_error = \(error)
                WHERE id = \(row.id) AND state = 'waiting'
                """)
            host.note(WorkDue(at: again))
        case .failed(let error, nil):
            try host.run(
                """
                UPDATE portico_outbox SET state = 'dead', last_error = \(error)
                WHERE id = \(row.id) AND state = 'waiting'
                """)
        }
    }

    /// When the earliest waiting message, or a lease, is due.
    static func nextDue(_ tables: some Queries) throws(StoreError) -> Instant? {
        try tables.value(
            "SELECT due_at FROM portico_outbox WHERE state = 'waiting' ORDER BY due_at LIMIT 1", as: Int64.self
        )
        .map { Instant(microseconds: $0) }
    }

    /// Forgets messages that were settled long ago.
    static func trim(before: Instant, _ host: HostWriter) throws(StoreError) {
        try host.run("DELETE FROM portico_outbox WHERE state <> 'waiting' AND created_at < \(before.microseconds)")
    }
}

/// How sending a message went.
enum DeliveryResult: Sendable {
    case sent(Channel, reference: String?)
    /// With the moment of the next try, or none when it is given up.
    case failed(String, again: Instant?)
}

/// A message as it waits.
struct OutboxRow: Record {
    let id: String
    let plugin: String
    let type: String
    let person: PersonID?
    let content: MessageContent
    /// Tries before this one.
    let attempts: Int
    let createdAt: Instant

    init(row: borrowing Row) throws(StoreError) {
        id = try row.get("id")
        plugin = try row.get("plugin")
        type = try row.get("type")
        person = try row.get("person_id")
        content = try row.get("content", as: Sealed<MessageContent>.self).value
        attempts = try row.get("attempts")
        createdAt = Instant(microseconds: try row.get("created_at"))
    }
}
