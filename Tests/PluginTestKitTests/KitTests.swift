import PluginTestKit
import Testing

@Suite struct `A test of a plugin` {
    @Test func `fails when a write is not the same the second time`() async throws {
        await #expect(throws: BrokenPromises.self) {
            try await withPlugin(PromiseBreaker.self) { portal in
                let user = Caller.person(try await portal.person(roles: ["USER"]))
                await portal.send("POST", "/breaker/counted", as: user)
            }
        }
    }

    @Test(arguments: [Transport.process, .socket])
    func `sees the same answers over a socket`(_ transport: Transport) async throws {
        try await withPlugin(Neighbour.self, over: transport) { portal in
            #expect(await portal.send("POST", "/notes", ["sql": "one"]).body["data"] == ["text": "one"])
            #expect(await portal.send("GET", "/notes").headers["Content-Type"]?.hasPrefix("application/json") == true)
            #expect(await portal.send("HEAD", "/notes").bytes.isEmpty)
            #expect(await portal.send("DELETE", "/notes").status == 405)
            #expect(await portal.send("GET", "/nothing").status == 404)
            #expect(await portal.send("GET", "/ready").body == ["status": "ok"])
            #expect(await portal.at("nobody").send("GET", "/notes").code == "TENANT_NOT_FOUND")
            let large = await portal.send("POST", "/notes", bytes: [UInt8](repeating: 0x20, count: 2 << 20))
            #expect(large.status == 413)
        }
    }

    @Test func `has a clock of its own`() async throws {
        try await withPlugin(Neighbour.self) { portal in
            let before = portal.clock.now
            let id = try await portal.person()
            portal.clock.advance(by: .seconds(90))
            #expect(portal.clock.now - before == .seconds(90))
            let entry = try #require(await portal.audit.first { $0.person == id || $0.subjectID == id.rawValue })
            #expect(entry.at == before)
        }
    }

    @Test func `does not start with a tenant that has mistakes`() async throws {
        await #expect(throws: (any Error).self) {
            try await withPlugin(Neighbour.self, settings: ["depth": 3]) { _ in }
        }
    }
}
