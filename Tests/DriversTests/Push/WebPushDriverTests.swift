import Crypto
import Database
import HTTPServer
import PluginAPI
import PluginTestKit
import Testing

@testable import Host

@Suite struct `Messages to browsers` {
    private static let packages = ["http_ece==1.2.1", "cryptography==43.0.3"]

    private static func service(_ replies: [JSON] = []) async throws -> Peer {
        try await Peer("push_peer.py", ["replies": .array(replies)], packages: packages)
    }

    private static func driver(
        _ store: DriverStore, _ client: HTTPClient, allowsPrivate: Bool = true
    ) -> WebPushDriver {
        WebPushDriver(
            client: client, database: store.database, contact: "mailto:it@lumen.example", allowsPrivate: allowsPrivate,
            clock: FixedTime())
    }

    private struct FixedTime: TimeSource {
        var now: Instant { OutboundMessage.moment }
    }

    private static func message(
        _ peer: Peer, _ id: String = "msg_1", title: String = "Termin", body: String = "Größe"
    ) throws -> OutboundMessage {
        OutboundMessage(
            id: id, channel: .push, to: try #require(peer.ready["subscription"]?.string), subject: title, body: body,
            createdAt: OutboundMessage.moment)
    }

    @Test func `are read by the browser alone, and say who sends them`() async throws {
        let peer = try await Self.service()
        try await withDriverStore { store in
            try await withOutbound { client in
                let driver = Self.driver(store, client)
                var message = try Self.message(peer)
                message.link = "https://lumen.example/me"
                #expect(try await driver.send(message)?.hasPrefix("/message/") == true)
                let got = try await peer.next("push")
                let payload = try JSONDocument(Array(try #require(got["message"]?.string).utf8)).root.tree
                #expect(
                    payload == [
                        "id": "msg_1", "title": "Termin", "body": "Größe", "url": "https://lumen.example/me",
                    ])
                #expect(got["signed"] == true && got["audience"]?.string == "http://127.0.0.1:\(peer.port)")
                #expect(got["contact"] == "mailto:it@lumen.example" && got["encoding"] == "aes128gcm")
                let now = OutboundMessage.moment.microseconds / 1_000_000
                #expect((now + 1...now + 86_400).contains(got["lives"]?.integer ?? 0))
                #expect(got["ttl"] == 2_419_200 && got["urgency"] == "normal")
                let topic = try #require(got["topic"]?.string)
                #expect(topic.utf8.count == 32 && Base64URL.decode(topic) != nil)
                let key = try await PushKeyTable.key(store.database, now: store.now)
                #expect(got["key"]?.string == Base64URL.encode(key.publicKey.point))

                var urgent = try Self.message(peer, "msg_1")
                urgent.isUrgent = true
                urgent.expiresAt = OutboundMessage.moment + .seconds(90)
                _ = try await driver.send(urgent)
                let again = try await peer.next("push")
                #expect(again["ttl"] == 90 && again["urgency"] == "high" && again["topic"]?.string == topic)
                #expect(again["key"] == got["key"])
            }
        }
    }

    @Test(arguments: [
        ("x", 5000), ("\u{1}\"\\", 3000), ("🏥", 2000), ("é\n", 3000),
    ]) func `are cut where they are too long`(word: String, times: Int) async throws {
        let peer = try await Self.service()
        try await withDriverStore { store in
            try await withOutbound { client in
                let body = String(repeating: word, count: times)
                _ = try await Self.driver(store, client).send(Self.message(peer, title: body, body: body))
                let got = try await peer.next("push")
                #expect(got["size"]?.integer ?? 0 <= 4096)
                let payload = try JSONDocument(Array(try #require(got["message"]?.string).utf8)).root.tree
                let shown = try #require(payload["body"]?.string)
                #expect(shown.hasSuffix("…") && body.hasPrefix(shown.dropLast()) && shown.count > 100)
            }
        }
    }

    struct Case: Sendable {
        let status: Int64
        var headers: JSON = [:]
        let isTemporary: Bool
        var isGone = false
        var pause: Duration?
    }

    @Test(arguments: [
        Case(status: 404, isTemporary: false, isGone: true), Case(status: 410, isTemporary: false, isGone: true),
        Case(status: 413, isTemporary: false), Case(status: 403, isTemporary: false),
        Case(status: 429, headers: ["Retry-After": "9"], isTemporary: true, pause: .seconds(9)),
        Case(status: 429, isTemporary: true, pause: .seconds(30)),
        Case(status: 503, headers: ["Retry-After": "3"], isTemporary: true, pause: .seconds(3)),
        Case(status: 500, isTemporary: true), Case(status: 302, headers: ["Location": "http://x/"], isTemporary: false),
    ]) func `are tried again where that may help, and devices that are gone are known`(wanted: Case) async throws {
        let peer = try await Self.service([[.integer(wanted.status), wanted.headers]])
        try await withDriverStore { store in
            try await withOutbound { client in
                let failure = try #require(
                    try await failure(Self.driver(store, client), try Self.message(peer, body: "hush")))
                #expect(failure.isTemporary == wanted.isTemporary && failure.isAddressGone == wanted.isGone)
                #expect(failure.retryAfter == wanted.pause && !failure.reason.contains("hush"))
            }
        }
    }

    @Test func `do not go to addresses inside the house unless the operator allows it`() async throws {
        let peer = try await Self.service()
        try await withDriverStore { store in
            try await withOutbound { client in
                let driver = Self.driver(store, client, allowsPrivate: false)
                // Neither without TLS,
                #expect(try await failure(driver, Self.message(peer))?.isAddressGone == true)
                // nor with it, by whatever name.
                for host in ["127.0.0.1", "push.example.com"] {
                    let subscription = try #require(peer.ready["subscription"]?.string)
                        .replacing("http://127.0.0.1", with: "https://\(host)")
                    let message = OutboundMessage(
                        id: "msg_1", channel: .push, to: subscription, subject: "", body: "x",
                        createdAt: OutboundMessage.moment)
                    #expect(try await failure(driver, message)?.isAddressGone == true)
                }
            }
        }
    }

    @Test func `that come too late are not sent`() async throws {
        let peer = try await Self.service()
        try await withDriverStore { store in
            try await withOutbound { client in
                var late = try Self.message(peer)
                late.expiresAt = OutboundMessage.moment
                let failure = try #require(try await failure(Self.driver(store, client), late))
                #expect(!failure.isTemporary && !failure.isAddressGone)
                let ended = try #require(peer.ready["subscription"]?.string).replacing("null", with: "1000")
                let message = OutboundMessage(
                    id: "m", channel: .push, to: ended, subject: "", body: "x", createdAt: OutboundMessage.moment)
                #expect(try await self.failureOf(Self.driver(store, client), message)?.isAddressGone == true)
            }
        }
    }

    private func failureOf(_ driver: WebPushDriver, _ message: OutboundMessage) async throws -> DeliveryFailure? {
        try await failure(driver, message)
    }

    @Test(arguments: [
        "", "{}", "[]", "token", #"{"endpoint": "https://x.example/"}"#,
        #"{"endpoint": "ftp://x/", "keys": {"p256dh": "BA", "auth": "AA"}}"#,
        #"{"endpoint": "https://x.example/", "keys": {"p256dh": "BAAA", "auth": "BTBZMqHH6r4Tts7J_aSIgg"}}"#,
        #"{"endpoint": "https://x.example/", "keys": {"p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4", "auth": "BTBZ"}}"#,
    ]) func `need a subscription that is one`(json: String) { #expect(PushSubscription(json) == nil) }

    @Test func `take subscriptions as browsers and libraries write them`() throws {
        for end in ["", "=="] {
            let json =
                #"{"endpoint": "https://x.example/a?b=c", "expirationTime": 1767225600000, "keys": {"p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4", "auth": "BTBZMqHH6r4Tts7J_aSIgg"#
                + end + #""}}"#
            let subscription = try #require(PushSubscription(json))
            #expect(subscription.endpoint.description == "https://x.example/a?b=c")
            #expect(subscription.expiresAt == Instant(rfc3339: "2026-01-01T00:00:00Z"))
        }
    }

    @Test func `come from one key for each tenant, made once`() async throws {
        try await withDriverStore { store in
            let (database, now) = (store.database, store.now)
            let keys = try await withThrowingTaskGroup(of: [UInt8].self) { group in
                for _ in 0..<8 {
                    group.addTask { try await PushKeyTable.key(database, now: now).publicKey.point }
                }
                return try await group.reduce(into: Set<[UInt8]>()) { $0.insert($1) }
            }
            #expect(keys.count == 1)
        }
    }
}
