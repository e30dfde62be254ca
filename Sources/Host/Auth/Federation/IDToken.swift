import Crypto
import PluginAPI

/// What an identity provider says of somebody (OpenID Connect Core 1.0 §2, §3.1.3.7).
struct IDToken: Sendable, Equatable {
    /// Who says it; together with ``subject`` it names the person for ever.
    let issuer: String
    let subject: String
    let email: Email?
    /// Whether the provider has proven that the address is the person's.
    let isEmailVerified: Bool
    let givenName: String
    let familyName: String

    /// The clocks of two machines may differ by so much.
    static let skew = Duration.seconds(60)
    /// A token that was made longer ago is not of the sign-in that just took place.
    static let longestAge = Duration.seconds(24 * 3600)

    /// What a token's header says, to find the key by. Nothing of it is trusted.
    ///
    /// - Returns: nil for what is no token.
    static func keyName(_ token: [UInt8]) -> (id: String?, algorithm: String)? {
        guard let parts = JWS.Compact(token),
            let header = Base64URL.decode(String(decoding: token[parts.header], as: UTF8.self)),
            let root = try? JSONDocument(header).root, let algorithm = root.member("alg")?.string
        else { return nil }
        return (root.member("kid")?.string, algorithm)
    }

    /// Proves a token by a key of its issuer, and that it is meant for this tenant and this moment.
    ///
    /// - Parameter nonce: what the client had the provider put into the token; nil when it says nothing.
    /// - Returns: nil whatever is wrong.
    init?(_ token: [UInt8], key: IssuerKey, of provider: OIDCProvider, nonce: String?, now: Instant) {
        guard let parts = JWS.Compact(token), key.verifies(parts, token),
            let payload = Base64URL.decode(String(decoding: token[parts.payload], as: UTF8.self)),
            let claims = try? JSONDocument(payload).root, claims.member("iss")?.string == provider.issuer,
            let subject = claims.member("sub")?.string, (1...255).contains(subject.utf8.count),
            Self.isMeant(claims, for: provider.clientId), Self.isTimely(claims, now),
            nonce == nil || claims.member("nonce")?.string == nonce
        else { return nil }
        issuer = provider.issuer
        self.subject = subject
        email = claims.member("email")?.string.flatMap { Email($0) }
        // Apple sends the word and not the value.
        let verified = claims.member("email_verified")
        isEmailVerified = email != nil && (verified?.bool == true || verified?.string == "true")
        givenName = String((claims.member("given_name")?.string ?? "").prefix(100))
        familyName = String((claims.member("family_name")?.string ?? "").prefix(100))
    }

    /// The token names this client, and where it names others too, says that this one asked for it.
    private static func isMeant(_ claims: JSONCursor, for client: String) -> Bool {
        guard let audience = claims.member("aud") else { return false }
        let party = claims.member("azp")?.string
        if audience.string == client { return party == nil || party == client }
        var names: [String?] = []
        audience.forEachElement { names.append($1.string) }
        guard names.contains(client) else { return false }
        return names.count == 1 ? party == nil || party == client : party == client
    }

    private static func isTimely(_ claims: JSONCursor, _ now: Instant) -> Bool {
        guard let expires = claims.member("exp")?.integer, let issued = claims.member("iat")?.integer,
            (0..<1 << 40).contains(expires), (0..<1 << 40).contains(issued)
        else { return false }
        if let begins = claims.member("nbf")?.integer {
            guard (0..<1 << 40).contains(begins), Instant(seconds: begins) - skew <= now else { return false }
        }
        let made = Instant(seconds: issued)
        return now < Instant(seconds: expires) + skew && made - skew <= now && now - made <= longestAge
    }
}
