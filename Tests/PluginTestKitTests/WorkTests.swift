import PluginTestKit
import Testing

@Suite struct `Work in a test` {
    @Test func `is done when the test asks for it, and not before its moment`() async throws {
        try await withPlugin(Courier.self) { portal in
            await portal.send("POST", "/parcels", ["sql": "a book"])
            #expect(await texts(portal) == [])
            await portal.work()
            #expect(await texts(portal) == ["heard a book"])
            #expect(await portal.jobs.contains { $0.name == "deliver" && $0.key == "a book" })
            portal.clock.advance(by: .seconds(86_399))
            await portal.work()
            #expect(await texts(portal).contains("delivered a book") == false)
            portal.clock.advance(by: .seconds(1))
            await portal.work()
            #expect(await texts(portal).count { $0 == "delivered a book" } == 1)
        }
    }

    @Test func `can be brought forward by name`() async throws {
        try await withPlugin(Courier.self) { portal in
            await portal.send("POST", "/parcels", ["sql": "a book"])
            let ran = (await portal.run(job: "deliver"), await portal.run(job: "deliver"))
            #expect(ran == (1, 0))
            #expect(Set(await texts(portal)) == ["heard a book", "delivered a book"])
            #expect(await portal.run(job: "sweep") == 1)
            #expect(await portal.jobs.map(\.name) == ["sweep"])
        }
    }

    @Test func `is each tenant's own`() async throws {
        try await withPlugin(Courier.self, tenants: ["test", "other"]) { portal in
            await portal.send("POST", "/parcels", ["sql": "a book"])
            await portal.work()
            #expect(await texts(portal) == ["heard a book"])
            #expect(await texts(portal.at("other")) == [])
        }
    }

    private func texts(_ portal: Portal) async -> [String] {
        await portal.send("GET", "/parcels").body["data"]?.elements.compactMap { $0["text"]?.string } ?? []
    }
}

@Suite struct `Bodies in a test` {
    @Test(arguments: [Transport.process, .socket])
    func `go piece by piece where the route wants it`(_ transport: Transport) async throws {
        try await withPlugin(Courier.self, over: transport) { portal in
            let bytes = [UInt8](repeating: 7, count: 300_000)
            let received = await portal.send(
                "POST", "/parcels/bulk", bytes: bytes, headers: ["Content-Type": "application/octet-stream"])
            #expect(received.body["data"]?["text"] == "300000")
            let label = await portal.send("GET", "/parcels/label")
            #expect(label.status == 200)
            #expect(label.text == "To: Ola")
            #expect(label.headers["content-disposition"] == "attachment; filename=\"label.txt\"")
        }
    }
}
