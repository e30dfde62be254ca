import Crypto
import PluginAPI

/// What a webhook's messages are signed with (Standard Webhooks): `whsec_` and 24 to 64 bytes in base64. Shown once, stored
/// sealed.
struct WebhookSecret: Sealable, Equatable {
    static let sealTag = "webhook-secret"
    private static let prefix = "whsec_"
    /// How long a secret may be, in bytes.
    private static let lengths = 24...64

    private let bytes: [UInt8]

    /// A new one, of 32 random bytes.
    init() { bytes = Random.bytes(32) }

    /// One that was made elsewhere; nil when the text is none.
    init?(_ text: String) {
        guard text.hasPrefix(Self.prefix), let bytes = Base64.decode(String(text.dropFirst(Self.prefix.count))),
            Self.lengths.contains(bytes.count)
        else { return nil }
        self.bytes = bytes
    }

    init?(sealedBytes: [UInt8]) { bytes = sealedBytes }

    var sealedBytes: [UInt8] { bytes }
    /// As its owner gets it.
    var text: String { Self.prefix + Base64.encode(bytes) }
    fileprivate var key: HMAC256Key { HMAC256Key(bytes) }
}

/// The signature of one message (Standard Webhooks 1.0.0).
enum WebhookSignature {
    /// What `webhook-signature` says: a signature for each secret that is good at the moment, with blanks between.
    ///
    /// - Parameters:
    ///   - id: `webhook-id`.
    ///   - timestamp: `webhook-timestamp`, in seconds since 1970.
    static func header(_ secrets: [WebhookSecret], id: String, timestamp: Int64, body: [UInt8]) -> String {
        let signed = Array("\(id).\(timestamp).".utf8) + body
        return secrets.map { secret in
            "v1," + secret.key.tag(for: signed).withBytes { Base64.encode($0) }
        }.joined(separator: " ")
    }
}
