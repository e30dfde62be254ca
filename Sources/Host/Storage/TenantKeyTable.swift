import Crypto
import Database
import PluginAPI

/// The tenant's keys as they lie in its database: wrapped under the operator's master key.
enum TenantKeyTable {
    static let migration = Migration(
        "000-keys",
        """
        CREATE TABLE portico_key (
            purpose TEXT PRIMARY KEY,
            wrapped BLOB NOT NULL,
            master TEXT NOT NULL,
            created_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID
        """)

    /// Reads and unwraps the keys, making them first for a tenant that has none.
    ///
    /// - Throws: ``StoreError`` of kind `.seal` when they were wrapped under another master key; the message names both
    ///   fingerprints.
    static func load(_ database: Database, tenant: String, master: MasterKey, now: Instant) async throws -> TenantKeys {
        try await database.write(as: .host) { session in
            let host = HostWriter(session)
            let data = try key("data", tenant, master, now, host)
            let index = try key("index", tenant, master, now, host)
            return try TenantKeys(data: data, index: index)
        }
    }

    private static func key(
        _ purpose: String, _ tenant: String, _ master: MasterKey, _ now: Instant, _ host: HostWriter
    ) throws -> SecretBytes {
        let context = "\(tenant) \(purpose)"
        if let stored = try host.first("SELECT * FROM portico_key WHERE purpose = \(purpose)", as: WrappedKey.self) {
            guard stored.master == master.fingerprint, let key = try? master.unwrap(stored.wrapped, for: context) else {
                throw StoreError(
                    .seal,
                    "the keys of \(tenant) are wrapped under master key \(stored.master), not \(master.fingerprint)")
            }
            return key
        }
        let key = try SecretBytes.random(count: 32)
        try host.run(
            """
            INSERT INTO portico_key (purpose, wrapped, master, created_at)
            VALUES (\(purpose), \(try master.wrap(key, for: context)), \(master.fingerprint), \(now.microseconds))
            """)
        return key
    }
}

private struct WrappedKey: Record {
    let wrapped: [UInt8]
    let master: String

    init(row: borrowing Row) throws(StoreError) {
        wrapped = try row.get("wrapped")
        master = try row.get("master")
    }
}
