import Crypto

/// The secret part of a link that is mailed: 192 random bits, signed by the tenant for one purpose. Only its hash is
/// stored.
struct LinkToken: Sendable, Equatable {
    let text: String

    private static let randomCount = 24, tagCount = 16

    /// A new one.
    init(_ purpose: LinkPurpose, _ keys: TenantKeys) {
        let random = Random.bytes(Self.randomCount)
        text = Base64URL.encode(random + Self.tag(random, purpose, keys))
    }

    /// One that somebody shows; nil when this tenant did not make it for this purpose.
    init?(_ shown: String, _ purpose: LinkPurpose, _ keys: TenantKeys) {
        guard let bytes = Base64URL.decode(shown), bytes.count == Self.randomCount + Self.tagCount else { return nil }
        let random = Array(bytes[..<Self.randomCount])
        guard constantTimeEquals(Array(bytes[Self.randomCount...]), Self.tag(random, purpose, keys)) else { return nil }
        text = shown
    }

    /// What is stored.
    var hash: [UInt8] { SHA256.hash(Array(text.utf8)).bytes }

    private static func tag(_ random: [UInt8], _ purpose: LinkPurpose, _ keys: TenantKeys) -> [UInt8] {
        Array(keys.tag("link", "\(purpose.rawValue) \(Hex.encode(random))").prefix(tagCount))
    }
}

/// What a mailed link is good for.
enum LinkPurpose: String, Sendable, CaseIterable {
    /// Setting a new password.
    case reset
    /// Proving an e-mail address.
    case verify
    /// Making the account that was asked for, with its first password.
    case register
    /// Setting the first password of an account that staff made.
    case invite

    var lifetime: Duration {
        switch self {
        case .reset: .seconds(30 * 60)
        case .verify, .register: .seconds(86_400)
        case .invite: .seconds(7 * 86_400)
        }
    }

    /// The page that the link leads to.
    var page: String {
        switch self {
        case .reset: "/reset-password"
        case .verify: "/verify-email"
        case .invite, .register: "/accept-invitation"
        }
    }

    /// The lifetime in words.
    var lifetimeWords: String {
        switch self {
        case .reset: "30 minutes"
        case .verify, .register: "24 hours"
        case .invite: "7 days"
        }
    }
}
