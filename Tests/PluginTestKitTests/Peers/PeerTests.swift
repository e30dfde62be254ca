import PluginTestKit
import Synchronization
import Testing

@Suite struct `A plugin that asks another server` {
    private func withAsker(
        _ server: JSON, _ more: JSON = [:], allowsPrivate: Bool = true, _ body: (Portal) async throws -> Void
    ) async throws {
        try await withPlugin(
            Asker.self, settings: (["server": server] as JSON).merged(with: more), allowsPrivateTargets: allowsPrivate,
            body)
    }

    private func ask(_ portal: Portal) async -> String? { await portal.send("GET", "/ask").body["text"]?.string }

    @Test func `sends what it asks, and its key`() async throws {
        try await withPeer { _ in
            .json(["answer": "because", "more": 1], status: 201)
        } _: { peer in
            // A variable that every process has.
            try await withAsker(["url": .string(peer.url + "/"), "key": ["$env": "PATH"]]) { portal in
                #expect(await ask(portal) == "201 because")
                let asked = try #require(peer.asked.first)
                #expect((asked.method, asked.path) == ("POST", "/v1/echo?loud=1"))
                #expect(asked.json == ["question": "why"])
                #expect(asked.headers["content-type"] == "application/json")
                let key = try #require(asked.headers["authorization"])
                #expect(key.hasPrefix("Bearer /"))
            }
            try await withAsker(
                ["url": .string(peer.url), "key": ["$env": "PATH"], "keyHeader": "api-key"]
            ) { portal in
                #expect(await ask(portal) == "201 because")
                let asked = try #require(peer.asked.last)
                #expect(asked.headers["api-key"]?.hasPrefix("/") == true)
                #expect(asked.headers["authorization"] == nil)
            }
        }
    }

    @Test func `is told why there is no answer`() async throws {
        let reply = Mutex(LocalPeer.Reply.json([:]))
        try await withPeer { _ in
            reply.withLock { $0 }
        } _: { peer in
            try await withAsker(["url": .string(peer.url)], ["seconds": 1]) { portal in
                reply.withLock { $0 = .bytes([UInt8](repeating: 0x20, count: 1001)) }
                #expect(await ask(portal) == "tooLarge")
                reply.withLock { $0 = .bytes(Array("<html>".utf8)) }
                #expect(await portal.send("GET", "/ask").status == 503)
                reply.withLock { $0 = .held(.json(["answer": "late"])) }
                #expect(await ask(portal) == "timedOut")
                reply.withLock { $0 = .json(["answer": "well"], status: 404) }
                #expect(await ask(portal) == "404 well")
            }
            try await withAsker(["url": .string(peer.url), "key": ["$env": "NOBODY_HAS_SET_THIS"]]) { portal in
                #expect(
                    await ask(portal) == "misconfigured: the environment variable NOBODY_HAS_SET_THIS is not set")
            }
        }
        try await withAsker(["url": "http://127.0.0.1:1"]) { portal in #expect(await ask(portal) == "unreachable") }
    }

    @Test func `leaves a server alone that fails again and again`() async throws {
        let status = Mutex(500)
        try await withPeer { _ in
            .json(["answer": "x"], status: status.withLock { $0 })
        } _: { peer in
            try await withAsker(["url": .string(peer.url)]) { portal in
                for _ in 0..<5 { #expect(await ask(portal) == "500 x") }
                #expect(await ask(portal) == "leftAlone")
                #expect(peer.asked.count == 5)
                status.withLock { $0 = 200 }
                portal.clock.advance(by: .seconds(60))
                #expect(await ask(portal) == "200 x")
            }
        }
    }

    @Test func `answers its own clients 503 where it lets a failure through`() async throws {
        try await withAsker(["url": "http://127.0.0.1:1"], ["tells": false]) { portal in
            let answer = await portal.send("GET", "/ask")
            #expect(answer.status == 503)
            #expect(answer.headers["Retry-After"] == "30")
            #expect(!answer.text.contains("127.0.0.1"))
        }
    }

    @Test(arguments: ["http://127.0.0.1:1", "https://127.0.0.1:1", "https://10.0.0.1", "https://[::1]:1"])
    func `reaches the public Internet alone, by TLS`(_ url: String) async throws {
        try await withAsker(["url": .string(url)], allowsPrivate: false) { portal in
            let expected = url.hasPrefix("http:") ? "misconfigured: the address must begin with https://" : "refused"
            #expect(await ask(portal) == expected)
        }
    }

    @Test func `has so many questions under way and no more`() async throws {
        try await withPeer { _ in
            .held(.json([:]))
        } _: { peer in
            try await withAsker(["url": .string(peer.url)]) { portal in
                async let answer = portal.send("GET", "/ask/many")
                // Connections to one server are bounded too: eight questions arrive, eight wait.
                while peer.asked.count < 8 { await Task.yield() }
                peer.release()
                let refused = await answer.body["text"]?.string.flatMap { Int($0) } ?? 0
                #expect((1...4).contains(refused))
            }
        }
    }

    @Test func `cannot have its server changed by whoever may change settings, where there is a key`() async throws {
        func change(_ server: JSON) async throws -> (Int, JSON) {
            let result = Mutex<(Int, JSON)>((0, .null))
            try await withAsker(server) { portal in
                let admin = Caller.person(try await portal.person(roles: ["admin"]))
                let answer = await portal.send(
                    "PATCH", "/_portico/v1/settings",
                    ["plugins": ["asker": ["server": ["url": "https://thief.example.com"]]]], as: admin)
                result.withLock { $0 = (answer.status, answer.body) }
                let other = await portal.send(
                    "PATCH", "/_portico/v1/settings", ["plugins": ["asker": ["seconds": 5]]], as: admin)
                #expect(other.status == 200)
            }
            return result.withLock { $0 }
        }
        #expect(try await change(["url": "https://api.example.com", "key": ["$env": "PATH"]]).0 == 403)
        #expect(try await change(["url": "https://api.example.com"]).0 == 200)
    }

    @Test(arguments: [
        "ftp://a", "https://", "https://u:p@a", "https://a?b", "https://a#b", "https://a b", "a.example.com", "",
    ])
    func `has addresses checked in its settings`(_ url: String) async throws {
        await #expect(throws: (any Error).self) { try await withAsker(["url": .string(url)]) { _ in } }
    }

    @Test(arguments: ["host", "content-length", "X-Key", "a b", ""])
    func `has fields of keys checked in its settings`(_ name: String) async throws {
        await #expect(throws: (any Error).self) {
            try await withAsker(["url": "https://a.example.com", "keyHeader": .string(name)]) { _ in }
        }
    }

    @Test func `hears who signs in`() async throws {
        try await withAsker(["url": "https://a.example.com"]) { portal in
            let ola = try await portal.person(
                email: "ola@example.com", password: "a long and good pass phrase", roles: ["GUEST"])
            let wrong = try await portal.signIn("ola@example.com", password: "another pass phrase")
            #expect(wrong.status == 401, "\(wrong.text)")
            #expect(
                try await portal.signIn("ola@example.com", password: "a long and good pass phrase").status == 200)
            await portal.work()
            let guests = await portal.send("GET", "/ask/guests")
            let expected = "\(ola.rawValue) asker GUEST \(portal.clock.now.microseconds)"
            #expect(guests.text.contains(expected))
        }
    }
}
