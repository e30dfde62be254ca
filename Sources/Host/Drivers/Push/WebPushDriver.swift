import Crypto
import Database
import HTTPServer
import PluginAPI
import Synchronization

/// Hands messages to browsers' push services (RFC 8030), encrypted so that only the browser can read them (RFC 8291), and
/// signed with the tenant's key (RFC 8292).
///
/// A message's topic is made of its id: while the browser is away, a message that is handed over again takes the place of
/// the first.
final class WebPushDriver: MessageDriver {
    private let client: HTTPClient
    private let database: Database
    /// Whom push services may write to.
    private let contact: String
    /// People's browsers name the push service, so it must be on the public Internet unless the operator allows others.
    private let allowsPrivate: Bool
    private let clock: any TimeSource
    private let known = Mutex<P256Key?>(nil)

    /// How long push services keep a message that does not say.
    static let usualLife = Duration.seconds(4 * 7 * 86_400)

    init(client: HTTPClient, database: Database, contact: String, allowsPrivate: Bool, clock: any TimeSource) {
        self.client = client
        self.database = database
        self.contact = contact
        self.allowsPrivate = allowsPrivate
        self.clock = clock
    }

    func send(_ message: OutboundMessage) async throws -> String? {
        guard let subscription = PushSubscription(message.to),
            subscription.endpoint.isSecure || allowsPrivate
        else { throw Self.gone("the device's subscription is none that messages can be sent to") }
        let now = clock.now
        if let end = subscription.expiresAt, end <= now { throw Self.gone("the device's subscription has ended") }
        if let end = message.expiresAt, end <= now { throw DeliveryFailure.permanent("the message is out of date") }
        let request = try await request(message, subscription, now)
        let response: ClientResponse
        do throws(ClientError) { response = try await client.send(request) } catch .addressRefused {
            throw Self.gone("the device's push service is at an address that may not be asked")
        } catch { throw ProviderAnswer.failure(error, "the push service") }
        return try Self.reference(response)
    }

    private func request(
        _ message: OutboundMessage, _ subscription: PushSubscription, _ now: Instant
    ) async throws -> ClientRequest {
        var request = ClientRequest("POST", subscription.endpoint, policy: allowsPrivate ? .anything : .publicOnly)
        let token = try VAPID.authorization(
            for: subscription.endpoint, by: try await key(now), contact: contact, now: now)
        request.headers.add("authorization", token)
        request.headers.add("content-encoding: aes128gcm")
        request.headers.add("content-type: application/octet-stream")
        let life = min(message.expiresAt.map { now.duration(to: $0) } ?? Self.usualLife, Self.usualLife)
        request.headers.add("ttl", Int(max(life.components.seconds, 0)))
        request.headers.add("urgency", message.isUrgent ? "high" : "normal")
        let digest = SHA256.hash(Array(message.id.utf8)).bytes
        request.headers.add("topic", Base64URL.encode(Array(digest.prefix(24))))
        request.body = try WebPush.encrypt(
            PushPayload(message).bytes(limit: WebPush.longest), to: subscription.key, secret: subscription.secret)
        request.bodyLimit = 16 * 1024
        return request
    }

    private func key(_ now: Instant) async throws -> P256Key {
        if let key = known.withLock({ $0 }) { return key }
        let key = try await PushKeyTable.key(database, now: now)
        known.withLock { $0 = key }
        return key
    }

    /// The push service's address of the message.
    private static func reference(_ response: ClientResponse) throws(DeliveryFailure) -> String? {
        let reason = "the push service answered with status \(response.status)"
        switch response.status {
        case 200...299: return response.header("location").flatMap { $0.utf8.count <= 500 ? $0 : nil }
        case 404, 410: throw gone("the device's subscription has ended: status \(response.status)")
        case 413: throw .permanent("the message is too large for the push service")
        case 429: throw .temporary(reason, retryAfter: ProviderAnswer.pause(response) ?? .seconds(30))
        case 408, 425, 500...: throw .temporary(reason, retryAfter: ProviderAnswer.pause(response))
        default: throw .permanent(reason)
        }
    }

    private static func gone(_ reason: String) -> DeliveryFailure {
        DeliveryFailure(isTemporary: false, retryAfter: nil, reason: reason, isAddressGone: true)
    }
}
