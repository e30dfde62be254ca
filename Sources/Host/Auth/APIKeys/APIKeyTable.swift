import Crypto
import PluginAPI

/// A tenant's API keys. The text of a key is kept by its holder alone, here lies its SHA-256: 256 random bits need no slow
/// hash. A key that was rotated has the hash before it, too, for as long as that is good.
enum APIKeyTable {
    static let migration = Migration(
        "000-auth-7-api-keys",
        """
        CREATE TABLE portico_api_key (
            id TEXT PRIMARY KEY,
            person_id TEXT NOT NULL REFERENCES portico_person (id) ON DELETE CASCADE,
            name TEXT NOT NULL,
            scopes TEXT NOT NULL,
            methods TEXT NOT NULL,
            addresses TEXT NOT NULL,
            hash BLOB NOT NULL,
            previous_hash BLOB,
            previous_until INTEGER,
            created_at INTEGER NOT NULL,
            expires_at INTEGER NOT NULL,
            last_used_at INTEGER,
            revoked_at INTEGER
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX portico_api_key_person ON portico_api_key (person_id, created_at);
        """)

    /// A key by its id; revoked and expired ones too.
    static func find(_ id: String, _ tables: some Queries) throws(StoreError) -> APIKey? {
        try tables.first("SELECT * FROM portico_api_key WHERE id = \(id)", as: APIKey.self)
    }

    /// Keys that were not revoked, the newest first.
    ///
    /// - Parameters:
    ///   - person: whose; everybody's when nil.
    ///   - page: from 1.
    static func list(
        of person: PersonID?, page: Int, limit: Int, _ tables: some Queries
    ) throws(StoreError) -> (keys: [APIKey], total: Int) {
        let rows: SQL =
            "FROM portico_api_key WHERE revoked_at IS NULL AND (\(person) IS NULL OR person_id = \(person))"
        let keys = try tables.all(
            "SELECT *" + rows + "ORDER BY created_at DESC, id LIMIT \(limit) OFFSET \((page - 1) * limit)",
            as: APIKey.self)
        return (keys, try tables.value("SELECT count(*)" + rows) ?? 0)
    }

    /// How many of a person's keys can be used.
    static func count(of person: PersonID, now: Instant, _ tables: some Queries) throws(StoreError) -> Int {
        try tables.value(
            """
            SELECT count(*) FROM portico_api_key
            WHERE person_id = \(person) AND revoked_at IS NULL AND expires_at > \(now.microseconds)
            """) ?? 0
    }

    /// Keeps a new key.
    static func add(_ key: APIKey, _ host: HostWriter) throws(StoreError) {
        try host.run(
            """
            INSERT INTO portico_api_key (id, person_id, name, scopes, methods, addresses, hash, created_at, expires_at)
            VALUES (\(key.id), \(key.person), \(key.name), \(key.scopes.joined(separator: " ")),
                \(key.methods.sorted().joined(separator: " ")), \(key.addresses.map(\.text).joined(separator: " ")),
                \(key.hash.bytes), \(key.createdAt.microseconds), \(key.expiresAt.microseconds))
            """)
    }

    /// Gives a key another text; the one until now stays good until a moment, those before it end.
    static func replace(_ id: String, hash: Digest256, previousUntil: Instant, _ host: HostWriter) throws(StoreError) {
        try host.run(
            """
            UPDATE portico_api_key SET previous_hash = hash, previous_until = \(previousUntil.microseconds),
                hash = \(hash.bytes)
            WHERE id = \(id) AND revoked_at IS NULL
            """)
    }

    /// - Returns: whether there was such a key that could be used.
    static func revoke(_ id: String, now: Instant, _ host: HostWriter) throws(StoreError) -> Bool {
        try host.run(
            "UPDATE portico_api_key SET revoked_at = \(now.microseconds) WHERE id = \(id) AND revoked_at IS NULL") > 0
    }

    /// Forgets keys a year after their end: until then the audit log's entries can be looked up.
    static func trim(now: Instant, _ host: HostWriter) throws(StoreError) {
        let year = (now - .seconds(365 * 86_400)).microseconds
        try host.run(
            """
            DELETE FROM portico_api_key WHERE id IN (
                SELECT id FROM portico_api_key WHERE coalesce(revoked_at, expires_at) < \(year) LIMIT 1000)
            """)
    }
}

/// An API key as it is stored.
struct APIKey: Record, Sendable {
    let id: String
    /// Whose it is: it never may more than this account.
    let person: PersonID
    let name: String
    /// Names of permissions.
    let scopes: [String]
    /// How the session was made that made the key: the key has no role that asks for more.
    let methods: Set<String>
    /// From where it may be used; from everywhere when empty.
    let addresses: [AddressRange]
    let hash: Digest256
    /// The text before the last rotation, and until when it is good.
    var previous: (hash: Digest256, until: Instant)?
    let createdAt: Instant
    let expiresAt: Instant
    var lastUsedAt: Instant?
    var revokedAt: Instant?

    /// When a text of this hash ends; nil when it is none of the key's. Compares in constant time.
    func end(of text: Digest256, at now: Instant) -> Instant? {
        if hash == text { return expiresAt }
        guard let previous, previous.hash == text, now < previous.until else { return nil }
        return min(previous.until, expiresAt)
    }
}

extension APIKey {
    init(row: borrowing Row) throws(StoreError) {
        id = try row.get("id")
        person = try row.get("person_id")
        name = try row.get("name")
        scopes = try row.get("scopes", as: String.self).split(separator: " ").map(String.init)
        methods = Set(try row.get("methods", as: String.self).split(separator: " ").map(String.init))
        addresses = try row.get("addresses", as: String.self).split(separator: " ").compactMap {
            AddressRange(String($0))
        }
        hash = try Self.digest(try row.get("hash"))
        if let bytes = try row.get("previous_hash", as: [UInt8]?.self),
            let until = try row.get("previous_until", as: Int64?.self)
        {
            previous = (try Self.digest(bytes), Instant(microseconds: until))
        }
        createdAt = Instant(microseconds: try row.get("created_at"))
        expiresAt = Instant(microseconds: try row.get("expires_at"))
        lastUsedAt = try row.get("last_used_at", as: Int64?.self).map { Instant(microseconds: $0) }
        revokedAt = try row.get("revoked_at", as: Int64?.self).map { Instant(microseconds: $0) }
    }

    private static func digest(_ bytes: [UInt8]) throws(StoreError) -> Digest256 {
        guard let digest = Digest256(bytes) else { throw StoreError(.mismatch, "an API key's hash is no SHA-256") }
        return digest
    }
}
