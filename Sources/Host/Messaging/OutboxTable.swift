import PluginAPI

/// Messages that are to be sent, written in the transaction that causes them: what is acknowledged is sent, whatever
/// happens to the process in between. When one is due the dispatcher finds its ways, which ``DeliveryTable`` keeps.
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
            key: notice.key, due: max(notice.notBefore ?? origin.now, origin.now), expires: notice.notAfter,
            isEmergency: notice.isEmergency, origin, host)
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
            about: Subject("sign-in", id: ""), key: "", due: origin.now, expires: expiresAt, isEmergency: false, origin,
            host)
    }

    private static func insert(
        _ content: MessageContent, type: String, person: PersonID?, about: Subject, key: String, due: Instant,
        expires: Instant?, isEmergency: Bool, _ origin: Origin, _ host: HostWriter
    ) throws(StoreError) {
        guard !origin.isPast else { return }
        // What would not open again must not lie among the others, where it would hold all of them up.
        guard content.opensAgain else {
            throw StoreError(.misuse, "the message \(type) is too long or has control characters")
        }
        let id = Identifier.make("msg", at: origin.now)
        try host.run(
            """
            INSERT INTO portico_outbox (id, plugin, type, person_id, content, about_kind, about_id, key, request_id,
                due_at, expires_at, is_emergency, created_at)
            VALUES (\(id), \(origin.plugin), \(type), \(person), \(Sealed(content)), \(about.kind), \(about.id), \(key),
                \(origin.requestID), \(due.microseconds), \(expires?.microseconds), \(isEmergency),
                \(origin.now.microseconds))
            """)
        host.note(WorkDue(at: due))
    }

    /// Takes back what has not been sent: messages whose moment has not come, and ways that wait.
    static func withdraw(key: String, _ origin: Origin, _ host: HostWriter) throws(StoreError) {
        guard !key.isEmpty else { return }
        try host.run(
            """
            UPDATE portico_outbox SET state = 'withdrawn'
            WHERE plugin = \(origin.plugin) AND key = \(key) AND key <> '' AND state = 'waiting'
            """)
        try DeliveryTable.withdraw(plugin: origin.plugin, key: key, now: origin.now, host)
    }

    /// The messages whose ways are to be found, the earliest first.
    static func due(at now: Instant, limit: Int, _ tables: some Queries) throws(StoreError) -> [OutboxRow] {
        try tables.all(
            """
            SELECT * FROM portico_outbox WHERE state = 'waiting' AND due_at <= \(now.microseconds)
            ORDER BY due_at LIMIT \(limit)
            """, as: OutboxRow.self)
    }

    /// The ways of a message were found, or there are none.
    static func settle(
        _ row: OutboxRow, as state: String, error: String?, now: Instant, _ host: HostWriter
    ) throws(StoreError) {
        try host.run(
            """
            UPDATE portico_outbox SET state = \(state), sent_at = \(now.microseconds), last_error = \(error)
            WHERE id = \(row.id)
            """)
    }

    /// What a message says; nil when it is gone.
    static func content(of id: String, _ tables: some Queries) throws(StoreError) -> MessageContent? {
        try tables.value("SELECT content FROM portico_outbox WHERE id = \(id)", as: Sealed<MessageContent>.self)?.value
    }

    /// When the earliest waiting message is due.
    static func nextDue(_ tables: some Queries) throws(StoreError) -> Instant? {
        try tables.value(
            "SELECT due_at FROM portico_outbox WHERE state = 'waiting' ORDER BY due_at LIMIT 1", as: Int64.self
        )
        .map { Instant(microseconds: $0) }
    }
}

/// A message as it waits.
struct OutboxRow: Record {
    let id: String
    let plugin: String
    let type: String
    let person: PersonID?
    let content: MessageContent
    let about: Subject
    let requestID: String
    let isEmergency: Bool
    let expiresAt: Instant?
    let createdAt: Instant

    init(row: borrowing Row) throws(StoreError) {
        id = try row.get("id")
        plugin = try row.get("plugin")
        type = try row.get("type")
        person = try row.get("person_id")
        content = try row.get("content", as: Sealed<MessageContent>.self).value
        about = Subject(try row.get("about_kind"), id: try row.get("about_id"))
        requestID = try row.get("request_id")
        isEmergency = try row.get("is_emergency")
        expiresAt = try row.get("expires_at", as: Int64?.self).map { Instant(microseconds: $0) }
        createdAt = Instant(microseconds: try row.get("created_at"))
    }
}
