import PluginAPI

/// A tenant's signing keys, as they were when last read.
struct SigningKeys: Sendable {
    /// The newest first, each with its public half as it is published (RFC 7517).
    private let keys: [(jwk: String, key: SigningKey)]

    /// None yet.
    init() { keys = [] }

    /// Takes those whose tokens are accepted at this moment.
    init(rows: [SigningKeyRow], now: Instant) throws {
        keys = try rows.map { (jwk: $0.jwk, key: try SigningKey(row: $0)) }.filter { $0.key.isAccepted(at: now) }
    }

    /// The key that signs; nil before the first sign-in.
    var signing: SigningKey? { keys.first { $0.key.retiredAt == nil }?.key }

    /// When the newest key was made; nothing is older than no key.
    var newest: Instant { keys.first?.key.createdAt ?? Instant(microseconds: .min) }

    /// What `/.well-known/jwks.json` answers (RFC 7517 §5): every key whose tokens are accepted.
    func jwks(now: Instant) -> [UInt8] {
        let accepted = keys.filter { $0.key.isAccepted(at: now) }.map(\.jwk)
        return Array(("{\"keys\":[" + accepted.joined(separator: ",") + "]}").utf8)
    }

    /// The key whose tokens begin with this header.
    func key(header: ArraySlice<UInt8>, now: Instant) -> SigningKey? {
        keys.first { $0.key.isAccepted(at: now) && header.elementsEqual($0.key.header) }?.key
    }

    func accepts(kid: String, now: Instant) -> Bool {
        keys.contains { $0.key.kid == kid && $0.key.isAccepted(at: now) }
    }
}
