import Crypto
import PluginAPI

/// A public key of an identity provider, with the one algorithm that it verifies: what a token's `alg` says never chooses.
struct IssuerKey: Sendable {
    /// The key set's name for it.
    let id: String?
    private let key: any JWSVerifier

    /// The algorithm: `RS256` or `ES256`.
    var algorithm: String { key.algorithm }

    /// A key of a set (RFC 7517 §4); nil for keys that are for something else or of a kind not used here.
    init?(_ jwk: JSONCursor) {
        id = jwk.member("kid")?.string
        if let use = jwk.member("use")?.string, use != "sig" { return nil }
        let made: (any JWSVerifier)? =
            switch jwk.member("kty")?.string {
            case "RSA": Self.rsa(jwk)
            case "EC" where jwk.member("crv")?.string == "P-256": Self.curve(jwk)
            default: nil
            }
        guard let made else { return nil }
        if let stated = jwk.member("alg")?.string, stated != made.algorithm { return nil }
        key = made
    }

    private static func rsa(_ jwk: JSONCursor) -> (any JWSVerifier)? {
        guard let n = jwk.member("n")?.string, let e = jwk.member("e")?.string else { return nil }
        return try? RSAKey.Public(n: n, e: e)
    }

    private static func curve(_ jwk: JSONCursor) -> (any JWSVerifier)? {
        guard let x = jwk.member("x")?.string, let y = jwk.member("y")?.string else { return nil }
        return try? P256Key.Public(x: x, y: y)
    }

    /// Whether the signature of a token is one of this key.
    func verifies(_ parts: JWS.Compact, _ token: [UInt8]) -> Bool { parts.verify(token, key: key) }

    /// The keys of a set (RFC 7517 §5), at most 100; nil for what is no set.
    static func keys(ofSet bytes: [UInt8]) -> [IssuerKey]? {
        guard let set = try? JSONDocument(bytes).root.member("keys") else { return nil }
        var keys: [IssuerKey] = []
        set.forEachElement { _, jwk in
            if keys.count < 100, let key = IssuerKey(jwk) { keys.append(key) }
        }
        return keys
    }
}
