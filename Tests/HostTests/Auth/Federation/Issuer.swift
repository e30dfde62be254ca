import Crypto
import PluginAPI
import Synchronization

@testable import Host

/// An identity provider with keys of its own, as far as its tokens and documents go.
final class Issuer: Sendable {
    static let address = "https://id.example.com"
    let key: RSAKey
    private let served: Mutex<(names: [String], asked: [String], isDown: Bool)>

    init() throws {
        key = try SignInDesk.key.get()
        served = Mutex((["k1"], [], false))
    }

    /// The addresses that were fetched.
    var asked: [String] { served.withLock { $0.asked } }

    /// Names the keys of the set from now on.
    func publish(_ names: [String]) { served.withLock { $0.names = names } }

    func goDown() { served.withLock { $0.isDown = true } }

    /// What the host fetches from here.
    var keys: IssuerKeys {
        IssuerKeys { address in
            let names = self.served.withLock { served -> [String]? in
                served.asked.append(address)
                return served.isDown ? nil : served.names
            }
            guard let names else { throw Problem.unavailable }
            if address == Self.address + "/.well-known/openid-configuration" {
                return Array(#"{"issuer":"\#(Self.address)","jwks_uri":"\#(Self.address)/keys"}"#.utf8)
            }
            let members = self.key.publicKey.jwk.map { #""\#($0.name)":"\#($0.value)""# }.joined(separator: ",")
            let keys = names.map { #"{"kid":"\#($0)","use":"sig","alg":"RS256",\#(members)}"# }
            return Array(#"{"keys":[{"kty":"oct","k":"AA"},\#(keys.joined(separator: ","))]}"#.utf8)
        }
    }

    static let provider = OIDCProvider(provider: "example", issuer: address, clientId: "portico-1", jwksUri: nil)

    /// A token; what is given replaces what a good one says, and nil leaves it out.
    func token(
        _ claims: [String: JSON?] = [:], kid: String = "k1", algorithm: String = "RS256", by key: RSAKey? = nil,
        at now: Instant = SignInDesk.start
    ) throws -> String {
        var all: [String: JSON?] = [
            "iss": .string(Self.address), "aud": "portico-1", "sub": "s-1", "iat": .integer(now.seconds),
            "exp": .integer(now.seconds + 600), "email": "sam@lumen.example", "email_verified": true,
            "given_name": "Sam", "family_name": "Low",
        ]
        for (name, value) in claims { all[name] = .some(value) }
        var members = JSON.Members()
        for (name, value) in all.sorted(by: { $0.key < $1.key }) { if let value { members[name] = value } }
        let token = try JWS.sign(
            header: Array(#"{"alg":"\#(algorithm)","kid":"\#(kid)"}"#.utf8),
            payload: Array(JSON.object(members).text.utf8), key: key ?? self.key)
        return String(decoding: token, as: UTF8.self)
    }
}
