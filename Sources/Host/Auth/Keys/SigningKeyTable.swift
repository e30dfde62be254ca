import Crypto
import PluginAPI

/// A tenant's signing keys as they lie in its database: the private half sealed, the public one as it is published.
enum SigningKeyTable {
    /// Every key, the newest first.
    static func all(_ tables: some Queries) throws(StoreError) -> [SigningKeyRow] {
        try tables.all("SELECT * FROM portico_signing_key ORDER BY created_at DESC, kid", as: SigningKeyRow.self)
    }

    /// Keeps a key that signs from now on.
    static func add(_ key: RSAKey, now: Instant, _ host: HostWriter) throws {
        let secret = SigningSecret(der: try key.pkcs8())
        let kid = Base64URL.encode(key.publicKey.thumbprint.bytes)
        try host.run(
            """
            INSERT INTO portico_signing_key (kid, private_key, jwk, created_at)
            VALUES (\(kid), \(Sealed(secret)), \(jwk(key.publicKey, kid: kid)), \(now.microseconds))
            """)
    }

    /// Lets no key sign any more.
    static func retireAll(now: Instant, _ host: HostWriter) throws(StoreError) {
        try host.run("UPDATE portico_signing_key SET retired_at = \(now.microseconds) WHERE retired_at IS NULL")
    }

    /// Forgets keys whose last token expired long ago.
    static func trim(now: Instant, _ host: HostWriter) throws(StoreError) {
        let limit = now - SigningKey.overlap - SigningKey.overlap
        try host.run("DELETE FROM portico_signing_key WHERE retired_at < \(limit.microseconds)")
    }

    private static func jwk(_ key: RSAKey.Public, kid: String) -> String {
        var members: JSON.Members = ["use": "sig", "alg": "RS256", "kid": .string(kid)]
        for (name, value) in key.jwk { members[name] = .string(value) }
        return JSON.object(members).text
    }
}

/// A private key, sealed at rest: PKCS #8 in base64url.
struct SigningSecret: Sealable {
    let der: SecretBytes

    static let sealTag = "signing-key"
    var sealedBytes: [UInt8] { Array(der.withBytes { Base64URL.encode($0) }.utf8) }

    init(der: SecretBytes) { self.der = der }

    init?(sealedBytes: [UInt8]) {
        guard let bytes = Base64URL.decode(String(decoding: sealedBytes, as: UTF8.self)) else { return nil }
        der = SecretBytes(bytes)
    }
}

/// A key as a row.
struct SigningKeyRow: Record {
    let kid: String
    /// The public key (RFC 7517), JSON text.
    let jwk: String
    let secret: SigningSecret
    let createdAt: Instant
    let retiredAt: Instant?
    /// Modulus and exponent, from the JWK.
    let n: String, e: String

    init(row: borrowing Row) throws(StoreError) {
        kid = try row.get("kid")
        jwk = try row.get("jwk")
        secret = try row.get("private_key", as: Sealed<SigningSecret>.self).value
        createdAt = Instant(microseconds: try row.get("created_at"))
        retiredAt = try row.get("retired_at", as: Int64?.self).map { Instant(microseconds: $0) }
        guard let members = try? JSONDocument(Array(jwk.utf8)), let n = members.root.member("n")?.string,
            let e = members.root.member("e")?.string
        else { throw StoreError(.mismatch, "the signing key \(kid) is no JWK") }
        (self.n, self.e) = (n, e)
    }
}
