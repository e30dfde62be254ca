import Database
import PluginAPI

/// Keeps messages in the tenant's database instead of sending them, for demos, tests and sandboxes.
struct CaptureDriver: MessageDriver {
    let database: Database

    static let migration = Migration(
        "000-captured",
        """
        CREATE TABLE portico_captured (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            channel TEXT NOT NULL,
            recipient TEXT NOT NULL,
            subject TEXT NOT NULL,
            body TEXT NOT NULL,
            created_at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX portico_captured_recipient ON portico_captured (recipient, number);
        """)

    /// Captured messages kept per tenant; older ones go.
    static let capacity = 5000

    func send(_ message: OutboundMessage) async throws -> String? {
        try await database.write(as: .host) { session in
            let host = HostWriter(session)
            try host.run(
                """
                INSERT INTO portico_captured (id, channel, recipient, subject, body, created_at)
                VALUES (\(message.id), \(message.channel.rawValue), \(message.to), \(message.subject), \(message.body),
                    \(message.createdAt.microseconds)) ON CONFLICT DO NOTHING
                """)
            try host.run(
                """
                DELETE FROM portico_captured WHERE number <= (SELECT MAX(number) FROM portico_captured) - \(Self.capacity)
                """)
        }
        return nil
    }

    /// Captured messages, the newest first.
    static func messages(channel: String?, to: String?, _ tables: some Queries) throws(StoreError) -> [CapturedMessage]
    {
        let channels: SQL = channel.map { "channel = \($0)" } ?? "1 = 1"
        let recipients: SQL = to.map { "recipient = \($0)" } ?? "1 = 1"
        return try tables.all(
            "SELECT * FROM portico_captured WHERE \(channels) AND \(recipients) ORDER BY number DESC LIMIT 200")
    }
}

/// A message that was kept instead of sent (contract §13).
struct CapturedMessage: Record, Described {
    let id: String
    let channel: Channel
    let to: String
    let subject: String
    let body: String
    let createdAt: Instant

    static let schema = Schema.object(
        Self.init(id:channel:to:subject:body:createdAt:), Field("id", \.id, .string()),
        Field("channel", \.channel, .oneOf), Field("to", \.to, .string()), Field("subject", \.subject, .string()),
        Field("body", \.body, .string(0...100_000)), Field("createdAt", \.createdAt, Instant.schema))

    /// Messages as a JSON array.
    static func list(_ messages: [CapturedMessage]) -> String {
        String(decoding: [CapturedMessage].schema.encode(messages), as: UTF8.self)
    }

    private init(id: String, channel: Channel, to: String, subject: String, body: String, createdAt: Instant) {
        self.id = id
        self.channel = channel
        self.to = to
        self.subject = subject
        self.body = body
        self.createdAt = createdAt
    }

    init(row: borrowing Row) throws(StoreError) {
        id = try row.get("id")
        channel = Channel(rawValue: try row.get("channel")) ?? .sms
        to = try row.get("recipient")
        subject = try row.get("subject")
        body = try row.get("body")
        createdAt = Instant(microseconds: try row.get("created_at"))
    }
}
