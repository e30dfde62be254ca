import PluginAPI
import PluginTestKit
import Testing

@Suite struct `How long a file is kept` {
    private func status(_ portal: Portal, _ id: String, _ caller: PluginTestKit.Caller) async -> Int {
        await portal.send("GET", "\(Cabinet.files)/\(id)", as: caller).status
    }

    @Test func `is a day when nothing holds it`() async throws {
        try await withPlugin(Cabinet.self) { portal in
            let ann = try await portal.somebody("customer", "ann@example.com")
            let id = await portal.upload([97], as: ann).id
            portal.clock.advance(by: .seconds(20 * 3600))
            let later = await portal.upload([98], as: ann).id
            await portal.work()
            #expect(await status(portal, id, ann) == 200)
            portal.clock.advance(by: .seconds(5 * 3600))
            await portal.work()
            #expect(await status(portal, id, ann) == 404)
            #expect(await status(portal, later, ann) == 200)
            portal.clock.advance(by: .seconds(20 * 3600))
            await portal.work()
            #expect(await status(portal, later, ann) == 404)
            #expect(portal.faults.isEmpty)
        }
    }

    @Test func `is what the subject's kind says, or else the portal`() async throws {
        try await withPlugin(Cabinet.self, tenant: ["files": ["retentionDays": 10]]) { portal in
            let ann = try await portal.somebody("customer", "ann@example.com")
            let (kept, memo) = (await portal.upload([97], as: ann).id, await portal.upload([98], as: ann).id)
            await portal.send("POST", "/cabinet/folders", ["files": [.string(kept)]], as: ann)
            await portal.send("POST", "/cabinet/folders", ["files": [.string(memo)], "memo": true], as: ann)
            for (days, isKept, isMemoKept) in [(2, true, true), (4, true, false), (9, true, false), (11, false, false)]
            {
                portal.clock.set(TestClock.start + .seconds(days * 86_400))
                await portal.work()
                #expect(await status(portal, kept, ann) == (isKept ? 200 : 404), "day \(days)")
                #expect(await status(portal, memo, ann) == (isMemoKept ? 200 : 404), "day \(days)")
            }
        }
    }

    @Test func `is beaten by legal hold`() async throws {
        try await withPlugin(Cabinet.self) { portal in
            let ann = try await portal.somebody("customer", "ann@example.com")
            let boss = try await portal.somebody("OWNER", "boss@example.com")
            let id = await portal.upload([97], as: ann).id
            let hold = "/_portico/v1/files/\(id)/hold"
            #expect(await portal.send("PUT", hold, as: ann).status == 403)
            #expect(await portal.send("PUT", hold, as: boss).status == 204)
            let refused = await portal.send("DELETE", "\(Cabinet.files)/\(id)", as: ann)
            #expect(refused.status == 409 && refused.code == "LEGAL_HOLD", "\(refused.text)")
            portal.clock.advance(by: .seconds(30 * 86_400))
            await portal.work()
            #expect(await status(portal, id, ann) == 200)
            #expect(await portal.send("DELETE", hold, as: boss).status == 204)
            await portal.work()
            #expect(await status(portal, id, ann) == 404)
        }
    }
}
