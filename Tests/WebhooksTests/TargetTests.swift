import HTTPServer
import PluginTestKit
import Synchronization
import Testing

@testable import Host

@Suite struct `Where a webhook may lead` {
    /// Addresses that lead inside, in every spelling that some program takes for one.
    static let inside = [
        "https://127.0.0.1/", "https://127.1/", "https://2130706433/", "https://0x7f000001/", "https://0177.0.0.1/",
        "https://0x7f.0.0.1/", "https://127.0.0.1.:443/", "https://0/", "https://0.0.0.0/", "https://localhost/",
        "https://LOCALHOST./", "https://a.localhost/", "https://10.0.0.1/", "https://172.16.0.1/",
        "https://192.168.1.1/", "https://169.254.169.254/latest/meta-data/", "https://100.64.0.1/", "https://[::1]/",
        "https://[::]/", "https://[::ffff:127.0.0.1]/", "https://[::ffff:a9fe:a9fe]/", "https://[64:ff9b::7f00:1]/",
        "https://[fe80::1]/", "https://[fc00::1]/", "https://[fd00:ec2::254]/", "https://[2002:7f00:1::]/",
        "https://224.0.0.1/", "https://255.255.255.255/", "https://user:pass@example.com/",
        "https://example.com\\@127.0.0.1/",
        "https://127.0.0.1%2f@example.com/", "http://example.com/", "file:///etc/passwd", "gopher://example.com/",
        "//example.com/", "https://", "https://exa mple.com/", "https://①②⑦.0.0.1/",
    ]

    @Test func `is the public Internet only`() throws {
        let target = WebhookTarget(allowsPrivate: false)
        for address in Self.inside {
            #expect(throws: Problem.self, "\(address)") { try target.check(address) }
        }
        for address in [
            "https://example.com/hook?x=1", "https://93.184.216.34/", "https://[2606:2800:220:1::1]:8443/a",
        ] {
            _ = try target.check(address)
        }
    }

    @Test func `is said with the field's name`() async throws {
        try await withHooks(allowsPrivateTargets: false) { hooks in
            let answer = await hooks.portal.send(
                "POST", Hooks.path, ["endpoint": "https://127.0.0.1/", "events": ["*"]], as: hooks.admin)
            #expect(answer.status == 400)
            #expect(answer.text.contains(#""field":"endpoint""#))
        }
    }

    private static func delivery(_ url: ClientURL, _ policy: AddressPolicy) throws -> WebhookRequest {
        var request = ClientRequest("POST", url, policy: policy)
        request.body = []
        return WebhookRequest(request: request, shown: "")
    }

    /// A name that was public when it was first asked for, and leads inside at the connection.
    @Test func `is judged at every connection, whatever the name stood for before`() async throws {
        try await withReceiver { receiver in
            let asked = Atomic<Int>(0)
            let answers = try ["127.0.0.1", "::1", "::ffff:127.0.0.1", "10.0.0.1"].map {
                try #require(SocketAddress(host: $0, port: receiver.port))
            }
            let client = HTTPClient(
                ClientConfiguration(
                    resolver: { _ in [answers[asked.add(1, ordering: .relaxed).oldValue % answers.count]] },
                    trust: try .system()))
            let target = WebhookTarget(allowsPrivate: false)
            // As far as can be told from the name it is public.
            let url = try target.check("https://rebinding.example:\(receiver.port)/hook")
            for _ in answers {
                let request = try Self.delivery(url, target.policy)
                await #expect(throws: ClientError.self) { try await client.send(request.request) }
            }
            #expect(asked.load(ordering: .relaxed) == answers.count)
            #expect(receiver.messages.isEmpty)
            await client.close()
        }
    }

    @Test func `is not changed by a redirect`() async throws {
        try await withReceiver { inner in
            let address = inner.address
            try await withReceiver({ _ in
                var response = Response(status: 307)
                _ = response.headers.add("location", address)
                return response
            }) { outer in
                try await withHooks(tenant: ["webhooks": ["retryScheduleSeconds": [10]]]) { hooks in
                    let webhook = try await hooks.add(outer.address)
                    await hooks.note(1)
                    await hooks.until { await hooks.deliveries(webhook).first?["attempts"]?.integer == 1 }
                    #expect(
                        await hooks.deliveries(webhook).first?["lastError"]
                            == "answered 307: redirects are not followed")
                    #expect(inner.messages.isEmpty)
                }
            }
        }
    }

    @Test func `leaves room for every tenant`() {
        let places = WebhookPlaces(limit: 4, perTenant: 3, perWebhook: 2)
        let woken = Atomic<Int>(0)
        func take(_ tenant: UInt32, _ webhook: String, isProbe: Bool = false) -> Bool {
            places.take(tenant: tenant, webhook: webhook, isProbe: isProbe) { woken.add(1, ordering: .relaxed) }
        }
        #expect(take(1, "a") && take(1, "a") && !take(1, "a"))
        #expect(take(1, "b") && !take(1, "c"))
        #expect(take(2, "d") && !take(2, "e"))
        #expect(places.taken == 4)
        places.giveBack(tenant: 1, webhook: "a")
        #expect(woken.load(ordering: .relaxed) == 1)
        // Who waits goes first.
        #expect(!take(1, "f"))
        #expect(take(2, "e"))
        places.giveBack(tenant: 1, webhook: "a")
        #expect(take(1, "a", isProbe: true) && !take(1, "a", isProbe: true))
    }
}
