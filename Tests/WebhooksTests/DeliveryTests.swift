import HTTPServer
import PluginTestKit
import Testing

@testable import Host

@Suite struct `A webhook` {
    private static let quick: JSON = ["webhooks": ["retryScheduleSeconds": [10, 20]]]

    private static func status(_ code: Int, _ fields: [(HeaderName, String)] = []) -> Response {
        var response = Response(status: code, body: .bytes(Array("said \(code)".utf8)))
        for (name, value) in fields { _ = response.headers.add(name, value) }
        return response
    }

    @Test func `is sent what happened, as seed 003 has it`() async throws {
        try await withReceiver { receiver in
            try await withHooks { hooks in
                let webhook = try await hooks.add(receiver.address)
                let secret = try #require(webhook["secret"]?.string.flatMap { WebhookSecret($0) })
                await hooks.note(3)
                await hooks.note(4, "unspoken")
                await hooks.note(5)
                await hooks.until { receiver.messages.count == 2 }
                // Two may be under way at a time, so either may come first.
                let message = try #require(receiver.messages.first { $0.text.contains(#""note_id":3"#) })
                #expect(
                    message.text
                        == #"{"event":"note.created","timestamp":"2027-03-08T09:00:00Z","data":{"note_id":3,"text":"hello"}}"#
                )
                #expect(message.type == "application/json")
                #expect(message.timestamp == "\(hooks.portal.clock.now.seconds)")
                #expect(message.requestID.hasPrefix("req_"))
                let timestamp = try #require(Int64(message.timestamp))
                #expect(
                    message.signature
                        == WebhookSignature.header([secret], id: message.id, timestamp: timestamp, body: message.body))
                #expect(Set(receiver.messages.map(\.id)).count == 2)
                await hooks.until { await hooks.deliveries(webhook).allSatisfy { $0["state"] == "delivered" } }
                let deliveries = await hooks.deliveries(webhook)
                #expect(deliveries.count == 2)
                let shown = await hooks.get("/\(webhook["id"]?.string ?? "")/deliveries/\(message.id)")
                #expect(shown["payload"]?.string == message.text)
                #expect(shown["log"]?[0]?["status"]?.integer == 204)
                #expect(shown["log"]?[0]?["request"]?.string?.contains(message.signature) == false)
            }
        }
    }

    @Test func `is tried again by the schedule, under the same id, and later when it asks`() async throws {
        try await withReceiver({ number in
            switch number {
            case 0: Self.status(500)
            case 1: Self.status(429, [("retry-after", "100")])
            default: Self.status(200)
            }
        }) { receiver in
            try await withHooks(tenant: Self.quick) { hooks in
                let webhook = try await hooks.add(receiver.address)
                await hooks.note(1)
                await hooks.until { await hooks.deliveries(webhook).first?["attempts"]?.integer == 1 }
                // Ten seconds, and up to a tenth by chance.
                hooks.portal.clock.advance(by: .seconds(9))
                await hooks.portal.work()
                #expect(receiver.messages.count == 1)
                hooks.portal.clock.advance(by: .seconds(2))
                await hooks.until { await hooks.deliveries(webhook).first?["attempts"]?.integer == 2 }
                hooks.portal.clock.advance(by: .seconds(99))
                await hooks.portal.work()
                #expect(receiver.messages.count == 2)
                hooks.portal.clock.advance(by: .seconds(1))
                await hooks.until { await hooks.deliveries(webhook).first?["state"] == "delivered" }
                #expect(receiver.messages.count == 3)
                #expect(Set(receiver.messages.map(\.id)).count == 1)
                #expect(Set(receiver.messages.map(\.timestamp)).count == 3)
                let id = receiver.messages[0].id
                let log = await hooks.get("/\(webhook["id"]?.string ?? "")/deliveries/\(id)")["log"]?.elements ?? []
                #expect(log.map { $0["status"]?.integer } == [500, 429, 200])
                #expect(log.first?["error"] == "answered 500")
                #expect(log.first?["response"]?.string?.contains("said 500") == true)
            }
        }
    }

    @Test func `that keeps failing is paused, its owner told, and nothing lost`() async throws {
        try await withReceiver({ $0 < 3 ? Self.status(503) : Self.status(204) }) { receiver in
            try await withHooks(tenant: Self.quick) { hooks in
                let webhook = try await hooks.add(receiver.address)
                let id = try #require(webhook["id"]?.string)
                let began = hooks.portal.clock.now
                await hooks.note(1)
                for attempts in 1...3 {
                    await hooks.until {
                        await hooks.deliveries(webhook).first?["attempts"]?.integer == Int64(attempts)
                    }
                    hooks.portal.clock.advance(by: .seconds(30))
                }
                #expect(await hooks.deliveries(webhook).first?["state"] == "failed")
                #expect(await hooks.get("/\(id)")["state"] == "paused")
                await hooks.portal.work()
                let mail = await hooks.portal.outbox.messages.filter { $0.subject.contains("webhook") }
                #expect(mail.map(\.to) == ["owner@example.com"])
                #expect(mail.first?.body.contains(receiver.address) == true)
                #expect(await hooks.portal.audit.contains { $0.action == "webhook.paused" })
                // Nothing is sent now, and all of it later.
                await hooks.note(2)
                await hooks.portal.work()
                #expect(receiver.messages.count == 3)
                let on = await hooks.portal.send("PATCH", "\(Hooks.path)/\(id)", ["active": true], as: hooks.admin)
                #expect(on.body["state"] == "active")
                let replay = await hooks.portal.send(
                    "POST", "\(Hooks.path)/\(id)/replay", ["since": .string("\(began)")], as: hooks.admin)
                #expect(replay.status == 202, "\(replay.text)")
                #expect(replay.body["count"]?.integer == 2)
                await hooks.until { receiver.messages.count == 5 }
                let texts = receiver.messages.suffix(2).map(\.text)
                #expect(
                    texts.contains { $0.contains(#""note_id":1"#) } && texts.contains { $0.contains(#""note_id":2"#) })
                #expect(receiver.messages[3...].contains { $0.id == receiver.messages[0].id })
            }
        }
    }

    @Test func `that is gone is told nothing more`() async throws {
        try await withReceiver({ _ in Self.status(410) }) { receiver in
            try await withHooks { hooks in
                let webhook = try await hooks.add(receiver.address)
                await hooks.note(1)
                await hooks.until { await hooks.get("/\(webhook["id"]?.string ?? "")")["state"] == "gone" }
                await hooks.note(2)
                await hooks.portal.work()
                #expect(receiver.messages.count == 1)
                #expect(await hooks.portal.outbox.messages.contains { $0.body.contains("410") })
            }
        }
    }

    @Test func `is tested by a button, once, and one message is sent again by another`() async throws {
        try await withReceiver({ $0 == 0 ? Self.status(500) : Self.status(200) }) { receiver in
            try await withHooks(tenant: Self.quick) { hooks in
                let webhook = try await hooks.add(receiver.address)
                let path = "\(Hooks.path)/\(webhook["id"]?.string ?? "")"
                let test = await hooks.portal.send("POST", "\(path)/test", [:], as: hooks.admin)
                #expect(test.status == 202, "\(test.text)")
                await hooks.until { await hooks.deliveries(webhook).first?["state"] == "failed" }
                #expect(receiver.messages.first?.text.contains(#""event":"webhook.test""#) == true)
                hooks.portal.clock.advance(by: .seconds(100))
                await hooks.portal.work()
                #expect(receiver.messages.count == 1)
                let delivery = try #require(test.body["id"]?.string)
                let again = await hooks.portal.send(
                    "POST", "\(path)/deliveries/\(delivery)/replay", [:], as: hooks.admin)
                #expect(again.status == 202, "\(again.text)")
                await hooks.until { await hooks.deliveries(webhook).first?["state"] == "delivered" }
                #expect(receiver.messages.map(\.id) == [delivery, delivery])
            }
        }
    }

    @Test func `that is slow holds up no other`() async throws {
        try await withReceiver({ _ in nil }) { slow in
            try await withReceiver { quick in
                try await withHooks { hooks in
                    _ = try await hooks.add(slow.address)
                    _ = try await hooks.add(quick.address)
                    for number in 1...20 { await hooks.note(number) }
                    await hooks.until { quick.messages.count == 20 }
                    #expect(slow.messages.count <= 2)
                    slow.release()
                    await hooks.until { slow.messages.count == 20 }
                    #expect(Set(slow.messages.map(\.id)).count == 20)
                }
            }
        }
    }

    @Test func `is for who may manage it, of this tenant alone, at a plugin's path too`() async throws {
        try await withReceiver { receiver in
            try await withHooks { hooks in
                let guest = try await hooks.portal.person(givenName: "Gus", roles: ["guest"])
                let asked: JSON = ["endpoint": .string(receiver.address), "events": ["note.created"]]
                for path in [Hooks.path, "/notes/webhooks/"] {
                    #expect(await hooks.portal.send("GET", path, as: .person(guest)).status == 403)
                    #expect(await hooks.portal.send("POST", path, asked).status == 401)
                }
                let made = await hooks.portal.send("POST", "/notes/webhooks/", asked, as: hooks.admin)
                #expect(made.status == 201, "\(made.text)")
                let id = try #require(made.body["id"]?.string)
                #expect(await hooks.get("/\(id)")["endpoint"]?.string == receiver.address)
                // In the plugin's dialect.
                let missing = await hooks.portal.send("GET", "/notes/webhooks/nonsense", as: hooks.admin)
                #expect(missing.body["error"]?["code"] == "resource_not_found")
                let other = hooks.portal.at("other")
                let stranger = try await other.person(roles: ["admin"])
                #expect(await other.send("GET", "\(Hooks.path)/\(id)", as: .person(stranger)).status == 404)
                for (bad, field) in [
                    (["endpoint": "ftp://example.com/", "events": ["*"]] as JSON, "endpoint"),
                    (["endpoint": .string(receiver.address), "events": ["nobody.knows"]], "events[0]"),
                    (["endpoint": .string(receiver.address), "events": ["*"], "secret": "short"], "secret"),
                ] {
                    let answer = await hooks.portal.send("POST", Hooks.path, bad, as: hooks.admin)
                    #expect(answer.status == 400)
                    #expect(answer.text.contains(#""field":"\#(field)""#), "\(answer.text)")
                }
                #expect(await hooks.portal.send("DELETE", "\(Hooks.path)/\(id)", as: hooks.admin).status == 204)
                #expect(await hooks.get("/\(id)")["code"] == "RESOURCE_NOT_FOUND")
            }
        }
    }
}
