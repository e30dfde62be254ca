import PluginTestKit
import Testing
import WebSocketClient

@testable import Host

@Suite struct `A client that comes back` {
    @Test func `is told what it has missed, over either transport`() async throws {
        try await withPlugin(Board.self, over: .socket) { portal in
            let ola = try await portal.person(roles: ["guest"])
            let token = try #require(try await portal.token(of: .person(ola)))
            try await withThread { thread in
                let socket = try await `A live WebSocket`.follow(portal, ola, ["pins"], on: thread)
                await portal.send("POST", "/board/pins", ["text": "seen"], as: .person(ola))
                let seen = try #require(try await socket.message()["id"]?.string)
                try await socket.drop()
                await portal.send("POST", "/board/pins", ["text": "missed", "count": 250], as: .person(ola))
                let again = try await `A live WebSocket`.follow(portal, ola, ["pins"], after: seen, on: thread)
                for number in 0..<250 {
                    #expect(try await again.message()["data"]?["text"]?.string == "missed \(number)")
                }
                await portal.send("POST", "/board/pins", ["text": "now"], as: .person(ola))
                #expect(try await again.message()["data"]?["text"] == "now")

                let stream = try await StreamClient(
                    portal, "/v1/portal/events/stream", token: token, fields: ["Last-Event-ID: \(seen)"], on: thread)
                #expect(try await stream.next() == StreamClient.Event(name: "message", id: seen, data: ""))
                for number in 0..<250 {
                    let event = try #require(try await stream.next())
                    #expect(event.name == "pin")
                    #expect(event.data == #"{"text":"missed \#(number)"}"#)
                }
                #expect(try await stream.next()?.json["text"] == "now")
                let late = try await StreamClient(
                    portal, "/_portico/v1/events?topics=board.pins&lastEventId=\(seen)", token: token, on: thread)
                _ = try await late.next()
                let first = try #require(try await late.next())
                #expect(first.json["topic"] == "board.pins")
                #expect(first.json["data"]?["text"] == "missed 0")
                #expect(first.json["id"]?.string == first.id)
            }
        }
    }

    @Test func `is told honestly that it cannot go on from where it was`() async throws {
        try await withPlugin(Board.self, over: .socket) { portal in
            let ola = try await portal.person(roles: ["guest"])
            try await withThread { thread in
                let socket = try await `A live WebSocket`.follow(portal, ola, ["pins"], on: thread)
                await portal.send("POST", "/board/pins", ["text": "one"], as: .person(ola))
                let old = try #require(try await socket.message()["id"]?.string)
                try await socket.drop()
                for unknown in ["nonsense", "zz-1", "1-zz"] {
                    let client = try await `A live WebSocket`.follow(portal, ola, ["pins"], after: unknown, on: thread)
                    let reset = try await client.message()
                    #expect(reset["type"] == "reset")
                    #expect(reset["reason"] == "unknown")
                    #expect(reset["lastEventId"]?.string == old)
                    try await client.drop()
                }
                await portal.send("POST", "/board/pins", ["text": "two"], as: .person(ola))
                portal.clock.advance(by: .seconds(8 * 86_400))
                await portal.work()
                await portal.send("POST", "/board/pins", ["text": "three"], as: .person(ola))
                let client = try await `A live WebSocket`.follow(portal, ola, ["pins"], after: old, on: thread)
                #expect(try await client.message()["reason"] == "gone")
                let stream = try await StreamClient(
                    portal, "/v1/portal/events/stream", token: try await portal.token(of: .person(ola)),
                    fields: ["Last-Event-ID: \(old)"], on: thread)
                let reset = try #require(try await stream.next())
                #expect(reset.name == "reset")
                #expect(reset.json["reason"] == "gone")
                #expect(reset.id != nil)
            }
        }
    }

    /// What `It must show` asks for: whoever comes back with the last id has every event once, in order.
    @Test func `has every event once and in order after 1,000 disconnects`() async throws {
        try await withPlugin(Board.self, over: .socket) { portal in
            let ola = try await portal.person(roles: ["guest"])
            let token = try #require(try await portal.token(of: .person(ola)))
            let (clients, disconnects) = (4, 250)
            let finished = Gate(clients)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    // As long as somebody still comes and goes; then one more, which everybody waits for.
                    var number = 0
                    while !finished.isOpen {
                        await portal.send("POST", "/board/pins", ["text": .string("pin \(number)")], as: .bearer(token))
                        number += 1
                    }
                    await portal.send("POST", "/board/pins", ["text": "end"], as: .bearer(token))
                }
                for client in 0..<clients {
                    group.addTask {
                        try await Self.comeAndGo(portal, token, disconnects, overStreams: client % 2 == 1, finished)
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    private static func comeAndGo(
        _ portal: Portal, _ token: String, _ disconnects: Int, overStreams: Bool, _ finished: Gate
    ) async throws {
        try await withThread { thread in
            var last: String?
            var heard: [String] = []
            for round in 0...disconnects {
                let isLast = round == disconnects
                if isLast { finished.arrive() }
                let wanted = Int.random(in: 0..<4)
                let count = isLast ? Int.max : wanted
                if overStreams {
                    heard += try await streamed(portal, token, after: &last, count, on: thread)
                } else {
                    heard += try await pushed(portal, token, after: &last, count, on: thread)
                }
            }
            #expect(heard.last == "end")
            let numbers = heard.dropLast().map { Int($0.dropFirst(4)) ?? -1 }
            let first = try #require(numbers.first)
            #expect(numbers == Array(first..<first + numbers.count))
        }
    }

    private static func pushed(
        _ portal: Portal, _ token: String, after last: inout String?, _ count: Int, on thread: OneThread
    ) async throws -> [String] {
        var client = try await LiveClient(
            portal, "/v1/portal/ws", fields: ["Authorization: Bearer \(token)"], on: thread)
        // The host may not have noticed yet that the one before has gone.
        while try await client.next() == .close(4429, "too many connections") {
            client = try await LiveClient(
                portal, "/v1/portal/ws", fields: ["Authorization: Bearer \(token)"], on: thread)
        }
        var subscribing: JSON.Members = ["type": "subscribe", "events": ["pins"]]
        if let last { subscribing["lastEventId"] = .string(last) }
        try await client.say(.object(subscribing))
        let subscribed = try await client.message(type: "subscribed")
        last = subscribed["lastEventId"]?.string
        var heard: [String] = []
        while heard.count < count {
            let message = try await client.message()
            #expect(message["type"] == "pin_added")
            last = message["id"]?.string
            heard.append(message["data"]?["text"]?.string ?? "?")
            if heard.last == "end" || message == .null { break }
        }
        try await client.drop()
        return heard
    }

    private static func streamed(
        _ portal: Portal, _ token: String, after last: inout String?, _ count: Int, on thread: OneThread
    ) async throws -> [String] {
        let fields = last.map { ["Last-Event-ID: \($0)"] } ?? []
        var stream = try await StreamClient(
            portal, "/v1/portal/events/stream", token: token, fields: fields, on: thread)
        while stream.status == 429 {
            stream = try await StreamClient(
                portal, "/v1/portal/events/stream", token: token, fields: fields, on: thread)
        }
        #expect(stream.status == 200)
        var heard: [String] = []
        while let event = try await stream.next() {
            last = event.id
            guard event.name == "pin" else {
                #expect(event.name == "message")
                if count == 0 { break }
                continue
            }
            heard.append(event.json["text"]?.string ?? "?")
            if heard.last == "end" || heard.count == count { break }
        }
        try await stream.drop()
        return heard
    }
}
