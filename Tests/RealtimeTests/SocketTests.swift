import PluginTestKit
import Testing
import WebSocketClient

@testable import Host

@Suite struct `A live WebSocket` {
    @Test func `signs in and subscribes by messages`() async throws {
        try await withPlugin(Board.self, over: .socket) { portal in
            let ola = try await portal.person(roles: ["guest"])
            let token = try #require(try await portal.token(of: .person(ola)))
            try await withThread { thread in
                let client = try await LiveClient(portal, "/v1/portal/ws", on: thread)
                #expect(client.status == 101)
                try await client.say(["type": "subscribe", "events": ["pins"]])
                #expect(try await client.message()["code"] == "AUTH_TOKEN_MISSING")
                try await client.say(["type": "auth", "token": .string(token)])
                let greeting = try await client.message()
                #expect(greeting["type"] == "auth_ok")
                #expect(greeting["userId"]?.string == ola.rawValue)
                try await client.say(["type": "subscribe", "events": ["pins", "nonsense"]])
                #expect(try await client.message()["code"] == "VALIDATION_ERROR")
                let subscribed = try await client.message()
                #expect(subscribed["type"] == "subscribed")
                #expect(subscribed["events"]?.elements == ["pins"])
                #expect(subscribed["lastEventId"]?.string != nil)
                await portal.send("POST", "/board/pins", ["text": "hello"], as: .person(ola))
                let message = try await client.message()
                #expect(message["type"] == "pin_added")
                #expect(message["data"]?["text"] == "hello")
                #expect(message["id"]?.string != nil)
                #expect(message["timestamp"]?.string == "\(portal.clock.now)")
                try await client.say(["type": "ping"])
                #expect(try await client.message()["type"] == "pong")
                // Again before the token expires.
                try await client.say(["type": "auth", "token": .string(token)])
                #expect(try await client.message()["type"] == "auth_ok")
                try await client.say(["type": "unsubscribe", "events": ["pins"]])
                #expect(try await client.message()["events"]?.elements == [])
                for bad in ["{", "[]", #"{"type":"dance"}"#, #"{"type":"subscribe","events":"pins"}"#] {
                    try await client.say(raw: bad)
                    #expect(try await client.message()["type"] == "error")
                }
            }
        }
    }

    @Test func `is opened so often from one address and not more`() async throws {
        try await withPlugin(Board.self, over: .socket) { portal in
            for number in 1...1200 {
                let answer = await portal.send("GET", "/v1/portal/ws")
                #expect(answer.status == 426, "\(number)")
                if answer.status == 429 { return }
            }
            let refused = await portal.send("GET", "/v1/portal/ws")
            #expect(refused.status == 429)
            #expect(refused.headers["retry-after"] != nil)
        }
    }

    @Test func `tells everybody what they may hear of, and nothing else`() async throws {
        try await withPlugin(Board.self, over: .socket) { portal in
            let ola = try await portal.person(roles: ["guest"])
            let kari = try await portal.person(givenName: "Kari", roles: ["clerk"])
            try await withThread { one in
                try await withThread { two in
                    let guest = try await Self.follow(portal, ola, ["pins"], on: one)
                    let clerk = try await Self.follow(portal, kari, ["pins", "audits"], on: two)
                    try await guest.say(["type": "subscribe", "events": ["audits"]])
                    #expect(try await guest.message()["code"] == "INSUFFICIENT_PERMISSIONS")
                    _ = try await guest.message()
                    let pins: [JSON] = [
                        ["text": "kari's"], ["text": "secret", "audience": "machines"], ["text": "unspoken"],
                        ["text": "for ola", "audience": .string(ola.rawValue)],
                        ["text": "ola's", "owner": .string(ola.rawValue)], ["text": "count"],
                    ]
                    for pin in pins { await portal.send("POST", "/board/pins", pin, as: .person(kari)) }
                    let heard = try await [guest.message(), guest.message()].map { $0["data"]?["text"] }
                    #expect(heard == ["for ola", "ola's"])
                    var told: [JSON?] = []
                    for _ in 0..<4 { told.append(try await clerk.message()["data"]?["text"]) }
                    #expect(told == ["kari's", "ola's", "count", nil])
                    // Nothing was told to the guest behind the last.
                    try await guest.say(["type": "ping"])
                    #expect(try await guest.message()["type"] == "pong")
                }
            }
        }
    }

    @Test func `refuses credentials that are not good`() async throws {
        try await withPlugin(Board.self, tenants: ["test", "other"], over: .socket) { portal in
            let ola = try await portal.person(roles: ["guest"])
            let elsewhere = try await portal.at("other").person(roles: ["guest"])
            let foreign = try #require(try await portal.at("other").token(of: .person(elsewhere)))
            try await withThread { thread in
                for token in ["nonsense", foreign] {
                    let client = try await LiveClient(portal, "/v1/portal/ws", on: thread)
                    try await client.say(["type": "auth", "token": .string(token)])
                    #expect(try await client.next() == .close(4401, "AUTH_TOKEN_INVALID"))
                    let bad = try await LiveClient(
                        portal, "/v1/portal/ws", fields: ["Authorization: Bearer \(token)"], on: thread)
                    #expect(bad.status == 401)
                    let other = try await LiveClient(
                        portal, "/ws/updates", fields: ["Authorization: Bearer \(token)"], on: thread)
                    #expect(other.status == 401)
                    try await client.drop()
                }
                #expect(try await LiveClient(portal, "/ws/updates", on: thread).status == 401)
                let token = try #require(try await portal.token(of: .person(ola)))
                let page = try await LiveClient(
                    portal, "/v1/portal/ws",
                    fields: ["Authorization: Bearer \(token)", "Origin: https://evil.example"], on: thread)
                #expect(page.status == 403)
            }
        }
    }

    @Test func `follows everything when its handshake signs in`() async throws {
        try await withPlugin(Board.self, over: .socket) { portal in
            let kari = try await portal.person(roles: ["clerk"])
            let token = try #require(try await portal.token(of: .person(kari)))
            try await withThread { thread in
                let client = try await LiveClient(
                    portal, "/ws/updates",
                    fields: ["Authorization: Bearer \(token)", "Sec-WebSocket-Protocol: customer-service-portal"],
                    on: thread)
                #expect(client.head.lowercased().contains("sec-websocket-protocol: customer-service-portal"))
                #expect(try await client.message()["type"] == "auth_ok")
                #expect(
                    try await client.message()["events"]?.elements
                        == ["pins", "audits", "notifications", "messages", "inbox"])
                await portal.send("POST", "/board/pins", ["text": "count"], as: .person(kari))
                #expect(try await client.message()["type"] == "pin_added")
                #expect(try await client.message()["type"] == "counted")
            }
        }
    }

    @Test func `of the host says the topic of each message`() async throws {
        try await withPlugin(Board.self, over: .socket) { portal in
            let kari = try await portal.person(roles: ["clerk"])
            try await withThread { thread in
                let client = try await Self.follow(portal, kari, ["board.pins"], at: "/_portico/v1/ws", on: thread)
                await portal.send("POST", "/board/pins", ["text": "hello"], as: .person(kari))
                let message = try await client.message()
                #expect(message["topic"] == "board.pins")
                #expect(message["type"] == "pin_added")
            }
        }
    }

    @Test func `is one of five, whatever is spoken`() async throws {
        try await withPlugin(Board.self, over: .socket) { portal in
            let ola = try await portal.person(roles: ["guest"])
            let token = try #require(try await portal.token(of: .person(ola)))
            let bearer = "Authorization: Bearer \(token)"
            try await withThread { thread in
                var sockets: [LiveClient] = []
                for _ in 0..<3 {
                    let client = try await LiveClient(portal, "/v1/portal/ws", fields: [bearer], on: thread)
                    #expect(try await client.message()["type"] == "auth_ok")
                    sockets.append(client)
                }
                var streams: [StreamClient] = []
                for _ in 0..<2 {
                    let stream = try await StreamClient(portal, "/v1/portal/events/stream", token: token, on: thread)
                    #expect(stream.status == 200)
                    _ = try await stream.next()
                    streams.append(stream)
                }
                let sixth = try await LiveClient(portal, "/v1/portal/ws", on: thread)
                try await sixth.say(["type": "auth", "token": .string(token)])
                #expect(try await sixth.next() == .close(4429, "too many connections"))
                let greeted = try await LiveClient(portal, "/v1/portal/ws", fields: [bearer], on: thread)
                #expect(try await greeted.next() == .close(4429, "too many connections"))
                let stream = try await StreamClient(portal, "/v1/portal/events/stream", token: token, on: thread)
                #expect(stream.status == 429)
                #expect(stream.head.lowercased().contains("retry-after:"))
                // One that has gone makes room, once the host knows.
                try await streams[0].drop()
                var again = 429
                while again == 429 {
                    let stream = try await StreamClient(portal, "/v1/portal/events/stream", token: token, on: thread)
                    again = stream.status
                    try await stream.drop()
                    await Task.yield()
                }
                #expect(again == 200)
            }
        }
    }

    /// Somebody who follows topics.
    static func follow(
        _ portal: Portal, _ person: PersonID, _ topics: [String], after: String? = nil,
        at path: String = "/v1/portal/ws",
        on thread: OneThread
    ) async throws -> LiveClient {
        let token = try #require(try await portal.token(of: .person(person)))
        let client = try await LiveClient(portal, path, fields: ["Authorization: Bearer \(token)"], on: thread)
        #expect(try await client.message()["type"] == "auth_ok")
        var message: JSON.Members = ["type": "subscribe", "events": .array(topics.map { .string($0) })]
        if let after { message["lastEventId"] = .string(after) }
        try await client.say(.object(message))
        #expect(try await client.message()["type"] == "subscribed")
        return client
    }
}
