import Crypto
import PluginAPI

/// The claims of an access token (RFC 9068 §2.2): who, for which tenant, until when. What a person may do is decided by
/// the live account; `role` and `permissions` are for display.
struct AccessToken: Sendable {
    var issuer: String
    var subject: PersonID
    var session: String
    var issuedAt: Instant
    var expiresAt: Instant
    var role: String
    var permissions: [String]
    /// Further claims that a dialect's seed has.
    var further: [(name: String, value: String)] = []

    /// The claims in JSON. `aud` is the issuer: the tenant issues tokens for itself.
    func claims(id: String) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        for (name, value) in [
            ("iss", issuer), ("aud", issuer), ("sub", subject.rawValue), ("sid", session), ("jti", id), ("role", role),
        ] + further {
            writer.key(name)
            writer.value(value)
        }
        writer.key("iat")
        writer.value(issuedAt.seconds)
        writer.key("exp")
        writer.value(expiresAt.seconds)
        writer.key("permissions")
        writer.beginArray()
        for permission in permissions { writer.value(permission) }
        writer.endArray()
        writer.endObject()
        return writer.bytes
    }

    /// What a token says that was proven to be the tenant's.
    struct Verified: Sendable {
        let person: PersonID
        let session: String
        let expiresAt: Instant
        let kid: String
    }

    /// Clocks of machines that share a tenant may differ by this much; a token from further ahead is not believed.
    static let skew = Duration.seconds(60)

    /// Proves a token: signed with one of these keys, by and for this issuer, from the past, and not expired.
    ///
    /// The token's header is compared with those of the keys and never read, so `alg`, `kid` and `typ` have no say.
    ///
    /// - Throws: ``Problem``: `AUTH_TOKEN_EXPIRED` for a token that was good, `AUTH_TOKEN_INVALID` for every other.
    static func verify(
        _ token: [UInt8], keys: SigningKeys, issuer: String, now: Instant
    ) throws(Problem) -> Verified {
        guard let parts = JWS.Compact(token, limit: 8 * 1024),
            let key = keys.key(header: token[parts.header], now: now), parts.verify(token, key: key.publicKey),
            let payload = Base64URL.decode(String(decoding: token[parts.payload], as: UTF8.self)),
            let claims = try? JSONDocument(payload).root,
            claims.member("iss")?.string == issuer, claims.member("aud")?.string == issuer,
            let subject = claims.member("sub")?.string, let session = claims.member("sid")?.string,
            let expiry = claims.member("exp")?.integer, let issued = claims.member("iat")?.integer,
            Self.isPast(issued, now),
            claims.member("nbf").map({ $0.integer.map { Self.isPast($0, now) } ?? false }) ?? true
        else { throw .tokenInvalid }
        let expiresAt = Instant(seconds: expiry)
        guard now < expiresAt else { throw .tokenExpired }
        return Verified(
            person: PersonID(rawValue: subject), session: session, expiresAt: expiresAt, kid: key.kid)
    }

    private static func isPast(_ seconds: Int64, _ now: Instant) -> Bool { seconds <= (now + skew).seconds }
}
