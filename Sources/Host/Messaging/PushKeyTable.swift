import Crypto
import Database
import PluginAPI

/// The key pair by which push services know the tenant (VAPID, RFC 8292), made when it is first asked for. Subscriptions are
/// bound to it, so it never changes.
enum PushKeyTable {
    static let migration = Migration(
        "001-push-key",
        """
        CREATE TABLE portico_push_key (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            private_key BLOB NOT NULL,
            created_at INTEGER NOT NULL
        ) STRICT
        """)

    static func key(_ database: Database, now: Instant) async throws -> P256Key {
        // Made before: a write may be run twice, and must come to the same.
        let fresh = try P256Key.generate()
        return try await database.write(as: .host) { session in
            let host = HostWriter(session)
            if let stored = try host.value(
                "SELECT private_key FROM portico_push_key", as: Sealed<StoredPushKey>.self)
            {
                return stored.value.key
            }
            try host.run(
                """
                INSERT INTO portico_push_key (id, private_key, created_at)
                VALUES (1, \(Sealed(StoredPushKey(key: fresh))), \(now.microseconds))
                """)
            return fresh
        }
    }
}

/// The private number, sealed.
private struct StoredPushKey: Sealable {
    let key: P256Key

    static let sealTag = "push.private-key"

    init(key: P256Key) { self.key = key }

    var sealedBytes: [UInt8] { Array(key.scalar.withBytes { Base64URL.encode($0) }.utf8) }

    init?(sealedBytes: [UInt8]) {
        guard let bytes = Base64URL.decode(String(decoding: sealedBytes, as: UTF8.self)),
            let key = try? P256Key(scalar: SecretBytes(bytes))
        else { return nil }
        self.key = key
    }
}
