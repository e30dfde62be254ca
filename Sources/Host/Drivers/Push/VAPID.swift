import Crypto
import HTTPServer
import PluginAPI

/// How a push service knows who sends (RFC 8292): a token signed with the tenant's key, and the key.
enum VAPID {
    /// Tokens are good for so long; services take a day at most.
    static let life = Duration.seconds(12 * 3600)

    /// The value of `Authorization`.
    static func authorization(
        for endpoint: ClientURL, by key: P256Key, contact: String, now: Instant
    ) throws -> String {
        let claims: JSON = [
            "aud": .string(endpoint.origin), "exp": .integer((now + life).microseconds / 1_000_000),
            "sub": .string(contact),
        ]
        let token = try JWS.sign(
            header: Array(#"{"typ":"JWT","alg":"ES256"}"#.utf8), payload: Array(claims.text.utf8), key: key)
        return "vapid t=\(String(decoding: token, as: UTF8.self)), k=\(Base64URL.encode(key.publicKey.point))"
    }
}
