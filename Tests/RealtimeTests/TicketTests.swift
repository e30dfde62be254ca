import PluginTestKit
import Testing
import WebSocketClient

@testable import Host

@Suite struct `A ticket` {
    private static func issue(_ portal: Portal, _ person: PersonID) async throws -> String {
        let answer = await portal.send("POST", "/_portico/v1/realtime/tickets", [:], as: .person(person))
        #expect(answer.status == 201, "\(answer.text)")
        #expect(answer.body["expiresIn"]?.integer == 30)
        return try #require(answer.body["ticket"]?.string)
    }

    @Test func `opens one connection`() async throws {
        try await withPlugin(Board.self, tenants: ["test", "other"], over: .socket) { portal in
            let ola = try await portal.person(roles: ["guest"])
            try await withThread { thread in
                let ticket = try await Self.issue(portal, ola)
                let elsewhere = try await LiveClient(
                    portal.at("other"), "/v1/portal/ws?ticket=\(ticket)", on: thread)
                #expect(elsewhere.status == 401)
                let client = try await LiveClient(portal, "/v1/portal/ws?ticket=\(ticket)", on: thread)
                #expect(try await client.message()["userId"]?.string == ola.rawValue)
                let again = try await LiveClient(portal, "/v1/portal/ws?ticket=\(ticket)", on: thread)
                #expect(again.status == 401)
                let other = try await Self.issue(portal, ola)
                let stream = try await StreamClient(
                    portal, "/v1/portal/events/stream?ticket=\(other)", token: nil, on: thread)
                #expect(stream.status == 200)
                #expect(
                    try await StreamClient(
                        portal, "/v1/portal/events/stream?ticket=nonsense", token: nil, on: thread
                    ).status == 401)
                #expect(
                    try await StreamClient(portal, "/v1/portal/events/stream", token: nil, on: thread).status == 401)
            }
        }
    }

    @Test func `is good for half a minute`() async throws {
        try await withPlugin(Board.self, over: .socket) { portal in
            let ola = try await portal.person(roles: ["guest"])
            try await withThread { thread in
                let ticket = try await Self.issue(portal, ola)
                portal.clock.advance(by: .seconds(30))
                let client = try await LiveClient(portal, "/v1/portal/ws?ticket=\(ticket)", on: thread)
                #expect(client.status == 401)
            }
        }
    }

    @Test func `is not hoarded`() throws {
        let tickets = Tickets()
        let now = TestClock.start
        let holder = Tickets.Holder(person: PersonID(rawValue: "usr_1"), session: "ses_1", until: now + .seconds(900))
        for _ in 0..<20 { _ = try tickets.issue(to: holder, now: now) }
        #expect(throws: Problem.self) { try tickets.issue(to: holder, now: now) }
        let other = Tickets.Holder(person: PersonID(rawValue: "usr_2"), session: "ses_2", until: now)
        _ = try tickets.issue(to: other, now: now)
        // Those that nobody used make room when they are worth nothing.
        _ = try tickets.issue(to: holder, now: now + .seconds(31))
    }
}
