import PluginAPI

/// A tenant's signing keys, as they were when last read.
struct SigningKeys: Sendable {
    /// The newest first.
    private let keys: [SigningKey]
    /// What `/.well-known/jwks.json` answers (RFC 7517 §5).
    let jwks: [UInt8]

    init(rows: [SigningKeyRow], now: Instant) throws {
        let accepted = try rows.map { (row: $0, key: try SigningKey(row: $0)) }.filter { $0.key.isAccepted(at: now) }
        keys = accepted.map(\.key)
        jwks = Array(("{\"keys\":[" + accepted.map(\.row.jwk).joined(separator: ",") + "]}").utf8)
    }

    /// The key that signs; nil before the first sign-in.
    var signing: SigningKey? { keys.first { $0.retiredAt == nil } }

    /// The key whose tokens begin with this header.
    func key(header: ArraySlice<UInt8>, now: Instant) -> SigningKey? {
        keys.first { $0.isAccepted(at: now) && header.elementsEqual($0.header) }
    }

    func accepts(kid: String, now: Instant) -> Bool { keys.contains { $0.kid == kid && $0.isAccepted(at: now) } }
}
