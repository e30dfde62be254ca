import PluginTestKit
import Synchronization
import Testing
import WebSocketClient
import Workers

@Suite struct `Telling of messages` {
    @Test func `notices go to the other side, and to nobody else`() async throws {
        try await withPlugin(Praxis.self) { portal in
            let ola = try await portal.somebody("customer")
            _ = try await portal.somebody("customer", "Kari")
            let sue = try await portal.somebody("support", "Sue")
            _ = try await portal.somebody("support", "Sam")
            let thread = try #require(await portal.ask("Private words", as: ola.caller).data["threadId"]?.string)
            await portal.work()
            // Nobody has taken it: the whole pool is told.
            #expect(Set(await portal.outbox.email.map(\.to)) == ["sue@example.com", "sam@example.com"])
            #expect(await portal.outbox.email.allSatisfy { !$0.body.contains("Private words") })
            await portal.send("POST", "\(Praxis.staff)/\(thread)/take", as: sue.caller)
            await portal.send(
                "POST", Praxis.messages, ["threadId": .string(thread), "message": "More"], as: ola.caller)
            await portal.work()
            #expect(await portal.outbox.email.dropFirst(2).map(\.to) == ["sue@example.com"])
            await portal.send("POST", "\(Praxis.staff)/\(thread)/messages", ["text": "Hi"], as: sue.caller)
            await portal.work()
            let last = try #require(await portal.outbox.email.last)
            #expect(await portal.outbox.email.count == 4)
            #expect(last.to == "ola@example.com" && last.body.contains("Sue Nordmann"))
            let notices = await portal.send("GET", "/_portico/v1/me/notifications", as: ola.caller)
            #expect(notices.body["data"]?[0]?["category"] == "messages", "\(notices.text)")
            #expect(notices.body["data"]?[0]?["aboutId"]?.string == thread)
        }
    }

    @Test func `sealed conversations are told of without a word of them`() async throws {
        try await withPlugin(Praxis.self) { portal in
            let ola = try await portal.somebody("customer")
            let sarah = try await portal.somebody("professional", "Sarah")
            await portal.send(
                "POST", "/v1/portal/cases", ["id": "C-1", "professional": .string(sarah.id.rawValue)], as: ola.caller)
            let asked = await portal.ask(
                "My diagnosis", as: ola.caller,
                ["caseNumber": "C-1", "recipientType": "professional", "subject": "About my heart"])
            #expect(asked.status == 201, "\(asked.text)")
            await portal.work()
            let mail = try #require(await portal.outbox.email.last)
            #expect(mail.to == "sarah@example.com")
            for word in ["diagnosis", "heart", "Ola"] {
                #expect(!mail.subject.contains(word) && !mail.body.contains(word))
            }
            for event in await portal.events { #expect(!event.payload.text.contains("diagnosis")) }
            let read = await portal.send("GET", "\(Praxis.messages)/\(asked.id)", as: sarah.caller)
            #expect(read.data["message"] == "My diagnosis", "\(read.text)")
        }
    }

    @Test func `what was read is not told of any more`() async throws {
        try await withPlugin(Praxis.self) { portal in
            let ola = try await portal.somebody("customer")
            let sue = try await portal.somebody("support", "Sue")
            let thread = try #require(await portal.ask(as: ola.caller).data["threadId"]?.string)
            await portal.send("POST", "\(Praxis.staff)/\(thread)/take", as: sue.caller)
            await portal.work()
            let before = await portal.outbox.messages.count
            let sent = await portal.send(
                "POST", "\(Praxis.staff)/\(thread)/messages", ["text": "Hi"], as: sue.caller)
            await portal.send("POST", "\(Praxis.messages)/\(sent.id)/read", as: ola.caller)
            await portal.work()
            #expect(await portal.outbox.messages.count == before)
        }
    }

    @Test func `urgent words of the staff get through at night, a customer's do not`() async throws {
        let night: Instant = .init(microseconds: TestClock.start.microseconds)
        try await withPlugin(Praxis.self, at: night) { portal in
            let ola = try await portal.somebody("customer")
            let sue = try await portal.somebody("support", "Sue")
            for caller in [ola.caller, sue.caller] {
                let set = await portal.send(
                    "PATCH", "/_portico/v1/me/notifications/preferences",
                    [
                        "doNotDisturb": [
                            "enabled": true, "start": "00:00", "end": "23:59", "emergencyOverride": true,
                        ]
                    ], as: caller)
                #expect(set.status == 200, "\(set.text)")
            }
            let asked = await portal.ask(as: ola.caller, ["priority": "urgent"])
            let thread = try #require(asked.data["threadId"]?.string)
            await portal.work()
            #expect(await portal.outbox.messages.isEmpty)
            await portal.send("POST", "\(Praxis.staff)/\(thread)/messages", ["text": "Later"], as: sue.caller)
            await portal.work()
            #expect(await portal.outbox.messages.isEmpty)
            await portal.send(
                "POST", "\(Praxis.staff)/\(thread)/messages", ["text": "Now", "priority": "urgent"], as: sue.caller)
            await portal.work()
            #expect(await portal.outbox.messages.map(\.to) == ["ola@example.com"])
        }
    }

    @Test func `live connections of who takes part hear of it, and no others`() async throws {
        try await withPlugin(Praxis.self, over: .socket) { portal in
            let ola = try await portal.somebody("customer")
            let kari = try await portal.somebody("customer", "Kari")
            let sue = try await portal.somebody("support", "Sue")
            let thread = try #require(await portal.ask(as: ola.caller).data["threadId"]?.string)
            let pool = WorkerPool(name: "client", threads: 2, queueLimit: 64)
            let mine = try await Follower(portal, ola.caller, pool)
            let others = try await Follower(portal, kari.caller, pool)
            await portal.send("POST", "\(Praxis.staff)/\(thread)/notes", ["text": "SECRET"], as: sue.caller)
            let sent = await portal.send(
                "POST", "\(Praxis.staff)/\(thread)/messages", ["text": "Live words"], as: sue.caller)
            let heard = try await mine.next()
            #expect(heard["type"] == "message_received", "\(heard.text)")
            #expect(
                heard["data"] == [
                    "messageId": .string(sent.id), "threadId": .string(thread), "from": "Sue Nordmann",
                    "preview": "Live words", "urgent": false,
                ])
            // The next thing that the other hears is their own.
            let own = await portal.ask("Hers", as: kari.caller)
            await portal.send(
                "POST", "\(Praxis.staff)/\(own.data["threadId"]?.string ?? "")/messages", ["text": "For Kari"],
                as: sue.caller)
            #expect(try await others.next()["data"]?["preview"] == "For Kari")
            await pool.close()
        }
    }

    @Test func `webhooks and listeners read the same event`() async throws {
        try await withPlugin(Praxis.self) { portal in
            let ola = try await portal.somebody("customer")
            let asked = await portal.ask(as: ola.caller)
            let event = try #require(await portal.events.first { $0.name == MessagePosted.name })
            #expect(event.payload["messageId"]?.string == asked.id && event.payload["plugin"] == "praxis")
            #expect(event.subjectKind == "conversation" && event.owner == ola.id)
            let admin = try await portal.somebody("admin", "Ada")
            let names = await portal.send("GET", "/_portico/v1/webhooks/events", as: admin.caller)
            #expect(names.text.contains("message.created"))
        }
    }
}

/// A connection that follows the messages.
private struct Follower {
    private let client: Held
    private let pool: WorkerPool

    /// The client, for one thread at a time.
    private final class Held: Sendable {
        let client: Mutex<WebSocketClient>
        init(_ client: sending WebSocketClient) { self.client = Mutex(client) }

        func say(_ message: JSON) throws { try client.withLock { try $0.send(.text(message.text)) } }

        func next() throws -> JSON {
            try client.withLock { client in
                while true {
                    switch client.receive() {
                    case .text(let text): return try JSONDocument(Array(text.utf8)).root.tree
                    case .ping(let payload): try client.send(Frame(Frame.pong, payload))
                    default: return .null
                    }
                }
            }
        }
    }

    init(_ portal: Portal, _ caller: Caller, _ pool: WorkerPool) async throws {
        let token = try #require(try await portal.token(of: caller))
        let (port, host) = (portal.port, "\(portal.hostName):\(portal.port)")
        self.pool = pool
        client = try await pool.run {
            let held = Held(try WebSocketClient(port: port, path: "/v1/portal/ws", host: host, fields: []))
            try held.say(["type": "auth", "token": .string(token)])
            _ = try held.next()
            try held.say(["type": "subscribe", "events": ["messages"]])
            _ = try held.next()
            return held
        }
    }

    func next() async throws -> JSON { try await pool.run { [client] in try client.next() } }
}
