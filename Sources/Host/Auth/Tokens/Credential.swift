import Crypto
import HTTPServer
import PluginAPI

/// What a request proves with who is calling.
enum Credential: Sendable {
    /// `Authorization: Bearer`.
    case accessToken
    /// The session's cookie.
    case cookie
    /// `X-API-Key`.
    case apiKey(UsedAPIKey)

    /// What is kept apart in caches: the bytes of one are never another.
    enum Kind: UInt8, Sendable { case accessToken, cookie, apiKey }
}

/// The API key that a request came with.
struct UsedAPIKey: Sendable {
    let id: String
    let scopes: [Permission]
    let addresses: [AddressRange]
    /// Of the text that was used.
    let hash: Digest256

    /// Whether it may be used from an address.
    func isAllowed(from address: SocketAddress) -> Bool {
        addresses.isEmpty || addresses.contains { $0.contains(address) }
    }
}

extension Grant {
    /// What of the grant lies within scopes; nothing of it is ever widened.
    func limited(to scopes: [Permission]) -> [Grant] {
        scopes.compactMap { scope in permission.meeting(scope).map { Grant($0, reach) } }
    }
}

extension Permission {
    /// What two permissions have in common: of `read:*` and `*:patients`, `read:patients`; nil when nothing.
    func meeting(_ other: Permission) -> Permission? {
        let (mine, others) = (words, other.words)
        guard let verb = Self.common(mine.verb, others.verb), let resource = Self.common(mine.resource, others.resource)
        else { return nil }
        return Permission("\(verb):\(resource)")
    }

    private var words: (verb: Substring, resource: Substring) {
        let verb = name.prefix { $0 != ":" }
        return (verb, name.dropFirst(verb.count + 1))
    }

    private static func common(_ one: Substring, _ other: Substring) -> Substring? {
        if one == other || other == "*" { return one }
        return one == "*" ? other : nil
    }
}
