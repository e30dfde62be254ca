import PluginAPI
import PluginTestKit
import Testing

@Suite struct `The requests of a portal` {
    private func days(_ portal: Portal, _ caller: PluginTestKit.Caller) async -> [JSON] {
        await portal.send("GET", "/_portico/v1/usage", as: caller).body["requests"]?.elements ?? []
    }

    @Test func `are counted by day and outcome, each tenant's apart`() async throws {
        try await withPlugin(Shop.self, tenants: ["test", "other"]) { portal in
            let (_, owner) = try await portal.somebody("OWNER", email: "owner@shop.example")
            #expect(await days(portal, owner) == [], "this one is answered after it is counted")
            for _ in 0..<3 { await portal.send("GET", "/shop/greeting") }
            await portal.send("GET", "/shop/nothing")
            await portal.at("other").send("GET", "/shop/greeting")
            let day = portal.clock.now.description.prefix(10)
            let expected: JSON = ["day": .string(String(day)), "requests": 5, "refused": 1, "failed": 0]
            #expect(await days(portal, owner) == [expected])
        }
    }

    @Test func `are stored, and added up over days`() async throws {
        try await withPlugin(Shop.self) { portal in
            let (id, _) = try await portal.somebody("OWNER", email: "owner@shop.example")
            for _ in 0..<2 { await portal.send("GET", "/shop/greeting") }
            // The next request stores what was counted.
            portal.clock.advance(by: .seconds(86_400))
            await portal.send("GET", "/shop/greeting")
            portal.clock.advance(by: .seconds(86_400))
            await portal.send("GET", "/shop/greeting")
            var seen: [Int64] = []
            // Storing is behind the answer: wait until all are there again.
            for turn in 0..<1000 {
                let days = await days(portal, .person(id, by: ["pwd", "t\(turn / 200)"]))
                seen = days.compactMap { $0["requests"]?.integer }
                if seen.count == 3, seen.suffix(2) == [1, 2] { break }
            }
            #expect(seen.suffix(2) == [1, 2])
            portal.clock.advance(by: .seconds(40 * 86_400))
            let later = await days(portal, .person(id, by: ["pwd", "later"]))
            #expect(later == [], "only the last 31 days")
        }
    }
}
