import PluginTestKit
import Testing
import WebSocketClient

@testable import Host

@Suite struct `A live connection ends` {
    @Test func `with its session, at once`() async throws {
        try await withPlugin(Board.self, over: .socket) { portal in
            let ola = try await portal.person(roles: ["guest"])
            let admin = try await portal.person(givenName: "Ada", roles: ["admin"])
            let token = try #require(try await portal.token(of: .person(ola)))
            try await withThread { one in
                try await withThread { two in
                    let socket = try await `A live WebSocket`.follow(portal, ola, ["pins"], on: one)
                    let stream = try await StreamClient(portal, "/v1/portal/events/stream", token: token, on: two)
                    _ = try await stream.next()
                    let answer = await portal.send(
                        "POST", "/_portico/v1/users/\(ola.rawValue)/sign-out", [:], as: .person(admin))
                    #expect(answer.status < 300, "\(answer.text)")
                    #expect(try await socket.next() == .close(4401, "AUTH_TOKEN_INVALID"))
                    #expect(try await stream.next() == nil)
                }
            }
        }
    }

    @Test func `when its token expires, unless it signs in again`() async throws {
        try await withPlugin(Board.self, over: .socket) { portal in
            let ola = try await portal.person(roles: ["guest"])
            let token = try #require(try await portal.token(of: .person(ola)))
            // So that the look at deadlines, which sleeps by the system's clock, comes soon.
            portal.clock.advance(by: .seconds(899))
            try await withThread { one in
                try await withThread { two in
                    let socket = try await LiveClient(
                        portal, "/v1/portal/ws", fields: ["Authorization: Bearer \(token)"], on: one)
                    #expect(try await socket.message()["type"] == "auth_ok")
                    let other = try await LiveClient(
                        portal, "/v1/portal/ws", fields: ["Authorization: Bearer \(token)"], on: two)
                    #expect(try await other.message()["type"] == "auth_ok")
                    portal.clock.advance(by: .seconds(2))
                    let fresh = try #require(try await portal.token(of: .person(ola)))
                    #expect(fresh != token)
                    try await other.say(["type": "auth", "token": .string(fresh)])
                    #expect(try await other.message()["type"] == "auth_ok")
                    #expect(try await socket.next() == .close(4401, "AUTH_TOKEN_EXPIRED"))
                    try await other.say(["type": "ping"])
                    #expect(try await other.message()["type"] == "pong")
                }
            }
        }
    }

    @Test func `when nobody signs in`() async throws {
        try await withPlugin(Board.self, over: .socket) { portal in
            try await withThread { thread in
                let socket = try await LiveClient(portal, "/v1/portal/ws", on: thread)
                portal.clock.advance(by: .seconds(11))
                #expect(try await socket.next() == .close(4408, "no sign-in"))
            }
        }
    }

    @Test func `for a topic, when the role is taken away`() async throws {
        try await withPlugin(Board.self, over: .socket) { portal in
            let kari = try await portal.person(givenName: "Kari", roles: ["clerk", "guest"])
            let admin = try await portal.person(givenName: "Ada", roles: ["admin", "clerk"])
            let ola = try await portal.person(roles: ["guest"])
            try await withThread { thread in
                let socket = try await `A live WebSocket`.follow(portal, kari, ["pins"], on: thread)
                await portal.send("POST", "/board/pins", ["text": "one"], as: .person(ola))
                #expect(try await socket.message()["data"]?["text"] == "one")
                let taken = await portal.send(
                    "DELETE", "/_portico/v1/users/\(kari.rawValue)/roles/board/clerk", as: .person(admin))
                #expect(taken.status < 300, "\(taken.text)")
                await portal.send("POST", "/board/pins", ["text": "two"], as: .person(ola))
                await portal.send("POST", "/board/pins", ["text": "three"], as: .person(kari))
                #expect(try await socket.message()["data"]?["text"] == "three")
            }
        }
    }
}
