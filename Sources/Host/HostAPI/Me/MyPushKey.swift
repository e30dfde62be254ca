import Crypto
import PluginAPI

extension Route<PorticoAPI> {
    static let myPushKey = Route.get(
        PorticoAPI.base + "/me/push-key", .asynchronous(PorticoAPI.myPushKey), needs: .member,
        "The key that pages subscribe to push messages with (`applicationServerKey`; VAPID, RFC 8292).")
}

/// The public half of the tenant's push key.
struct PushKeyShown: Described {
    var publicKey: String

    static let schema = Schema.object(
        Self.init(publicKey:),
        Field("publicKey", \.publicKey, .string(1...200), note: "An uncompressed point on P-256, in base64url."))
}

extension PorticoAPI {
    func myPushKey(_ call: Call<Member>) async throws -> PushKeyShown {
        let key = try await PushKeyTable.key(host.database, now: call.now)
        return PushKeyShown(publicKey: Base64URL.encode(key.publicKey.point))
    }
}
