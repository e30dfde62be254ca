import Crypto
import PluginAPI

/// The key that signs a tenant's audit heads; sealed under the tenant's data key, so that who has the file alone cannot
/// sign.
struct AuditKey: Record {
    let kid: String
    let key: P256Key

    init(row: borrowing Row) throws(StoreError) {
        kid = try row.get("kid")
        let secret = try row.get("private_key", as: Sealed<AuditSecret>.self).value
        do throws(CryptoError) { key = try P256Key(pkcs8: secret.der) } catch {
            throw StoreError(.mismatch, "the audit key \(kid) cannot be read")
        }
    }

    /// Every key that has ever signed.
    static func all(_ tables: some Queries) throws(StoreError) -> [AuditKey] {
        try tables.all("SELECT * FROM portico_audit_key", as: AuditKey.self)
    }

    /// The key that signs now; made on first use.
    static func signing(now: Instant, _ host: HostWriter) throws -> AuditKey {
        let newest: SQL = "SELECT * FROM portico_audit_key ORDER BY created_at DESC, kid LIMIT 1"
        if let known = try host.first(newest, as: AuditKey.self) { return known }
        let key = try P256Key.generate()
        try host.run(
            """
            INSERT INTO portico_audit_key (kid, private_key, created_at)
            VALUES (\(Base64URL.encode(key.publicKey.thumbprint.bytes)), \(Sealed(AuditSecret(der: try key.pkcs8()))),
                \(now.microseconds))
            """)
        return try host.one(newest, as: AuditKey.self)
    }
}

/// A private key, sealed at rest: PKCS #8 in base64url.
private struct AuditSecret: Sealable {
    let der: SecretBytes

    static let sealTag = "audit-key"
    var sealedBytes: [UInt8] { Array(der.withBytes { Base64URL.encode($0) }.utf8) }

    init(der: SecretBytes) { self.der = der }

    init?(sealedBytes: [UInt8]) {
        guard let bytes = Base64URL.decode(String(decoding: sealedBytes, as: UTF8.self)) else { return nil }
        der = SecretBytes(bytes)
    }
}
