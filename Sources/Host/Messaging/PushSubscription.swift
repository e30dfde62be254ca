import Crypto
import HTTPServer
import PluginAPI

/// Where a browser takes messages, as its page gives it: the JSON of a `PushSubscription` (W3C Push API).
struct PushSubscription: Sendable {
    /// The push service's address for this browser; a secret.
    let endpoint: ClientURL
    let key: P256Key.Public
    /// 16 bytes.
    let secret: [UInt8]
    /// When it ends, if it says.
    let expiresAt: Instant?

    /// - Returns: nil for what is no subscription that messages can be sent to.
    init?(_ json: String) {
        guard json.utf8.count <= 4096, let document = try? JSONDocument(Array(json.utf8)),
            document.root.kind == .object, let keys = document.root.member("keys"),
            let address = document.root.member("endpoint")?.string, let endpoint = ClientURL(address),
            let point = keys.member("p256dh")?.string.flatMap({ Base64URL.decode(Self.unpadded($0)) }),
            let key = try? P256Key.Public(point: point),
            let secret = keys.member("auth")?.string.flatMap({ Base64URL.decode(Self.unpadded($0)) }),
            secret.count == 16
        else { return nil }
        self.endpoint = endpoint
        self.key = key
        self.secret = secret
        expiresAt = document.root.member("expirationTime")?.integer.flatMap { milliseconds in
            let (microseconds, overflow) = milliseconds.multipliedReportingOverflow(by: 1000)
            return overflow ? nil : Instant(microseconds: microseconds)
        }
    }

    /// Some libraries pad what browsers do not.
    private static func unpadded(_ text: String) -> String { String(text.prefix { $0 != "=" }) }
}
