import PluginAPI

/// Answers that were given under an `Idempotency-Key`, kept for a day in the transaction that earned them.
enum IdempotencyTable {
    static let migration = Migration(
        "000-idempotency",
        """
        CREATE TABLE portico_idempotency (
            caller TEXT NOT NULL,
            route TEXT NOT NULL,
            key TEXT NOT NULL,
            body_hash BLOB NOT NULL,
            status INTEGER NOT NULL,
            headers BLOB NOT NULL,
            body BLOB NOT NULL,
            created_at INTEGER NOT NULL,
            PRIMARY KEY (caller, route, key)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX portico_idempotency_age ON portico_idempotency (created_at);
        """)

    /// What was kept in plain text before is forgotten.
    static let sealing = Migration("000-idempotency-2-sealed", "DELETE FROM portico_idempotency;")

    /// How long an answer is kept.
    static let lifetime = Duration.seconds(24 * 3600)

    static func find(_ key: IdempotencyKey, now: Instant, _ host: HostWriter) throws(StoreError) -> StoredAnswer? {
        try host.first(
            """
            SELECT * FROM portico_idempotency WHERE caller = \(key.caller) AND route = \(key.route) AND key = \(key.text)
            AND created_at > \((now - lifetime).microseconds)
            """)
    }

    /// Keeps an answer, and forgets a few that are too old.
    static func store(_ answer: StoredAnswer, _ key: IdempotencyKey, now: Instant, _ host: HostWriter)
        throws(StoreError)
    {
        try host.run(
            """
            DELETE FROM portico_idempotency WHERE (caller, route, key) IN (
                SELECT caller, route, key FROM portico_idempotency
                WHERE created_at <= \((now - lifetime).microseconds) ORDER BY created_at LIMIT 8)
            """)
        try host.run(
            """
            INSERT OR REPLACE INTO portico_idempotency (caller, route, key, body_hash, status, headers, body, created_at)
            VALUES (\(key.caller), \(key.route), \(key.text), \(answer.bodyHash), \(answer.status), \(answer.headers),
                \(Sealed(StoredBody(answer.body))), \(now.microseconds))
            """)
    }
}

/// What makes two requests the same: who asks, at which route, under which key.
struct IdempotencyKey: Sendable, Hashable {
    let caller: String
    let route: String
    let text: String

    /// What a request says.
    ///
    /// - Throws: ``Problem`` when it cannot be a key.
    static func text(of inbound: Inbound) throws(Problem) -> String? {
        guard let text = inbound.header(.idempotencyKey) else { return nil }
        guard (1...255).contains(text.utf8.count), text.utf8.allSatisfy({ $0 > 32 && $0 < 127 }) else {
            throw .invalid("Idempotency-Key", .format, "must be 1 to 255 printable characters without spaces")
        }
        return text
    }
}

/// An answer as it was given.
struct StoredAnswer: Record {
    /// SHA-256 of the request's body.
    let bodyHash: [UInt8]
    let status: Int
    /// The answer's own fields, as they go on the wire.
    let headers: [UInt8]
    let body: [UInt8]

    init(bodyHash: [UInt8], status: Int, headers: [UInt8], body: [UInt8]) {
        self.bodyHash = bodyHash
        self.status = status
        self.headers = headers
        self.body = body
    }

    init(row: borrowing Row) throws(StoreError) {
        bodyHash = try row.get("body_hash")
        status = try row.get("status")
        headers = try row.get("headers")
        body = try row.get("body", as: Sealed<StoredBody>.self).value.bytes
    }
}

/// What was answered, sealed at rest: it may be what people write to each other, or a secret that is shown once.
private struct StoredBody: Sealable {
    let bytes: [UInt8]

    static let sealTag = "stored-answer"
    var sealedBytes: [UInt8] { bytes }

    init(_ bytes: [UInt8]) { self.bytes = bytes }
    init?(sealedBytes: [UInt8]) { bytes = sealedBytes }
}
