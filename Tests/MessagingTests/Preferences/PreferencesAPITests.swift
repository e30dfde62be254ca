import PluginAPI
import PluginTestKit
import Testing

@Suite struct `One's preferences` {
    private static let preferences = "/_portico/v1/me/notifications/preferences"

    @Test func `are as by default, changed by a merge patch, and kept`() async throws {
        try await withPlugin(Herald.self) { portal in
            let (_, ann) = try await portal.listener()
            let first = await portal.send("GET", Self.preferences, as: ann)
            #expect(first.status == 200 && first.body["frequency"] == "immediate")
            #expect(first.body["doNotDisturb"] == .null && first.body["categories"] == [:])
            let changed = await portal.prefer(
                [
                    "timezone": "Asia/Tokyo", "channels": ["sms": ["enabled": false]],
                    "categories": ["case_updates": ["on": ["email"], "frequency": "daily"]],
                ], as: ann)
            #expect(changed.status == 200, "\(changed.text)")
            let again = await portal.prefer(["categories": ["case_updates": ["frequency": .null]]], as: ann)
            #expect(again.body["channels"]?["sms"]?["enabled"] == false)
            #expect(again.body["categories"]?["case_updates"]?["on"] == ["email"])
            #expect(again.body["categories"]?["case_updates"]?["frequency"] == nil)
            let listed = await portal.send("GET", "/_portico/v1/me/notifications", as: ann)
            #expect(listed.body["preferences"] == again.body)
            // The zone is the account's.
            #expect(await portal.send("GET", "/_portico/v1/me", as: ann).body["zone"] == "Asia/Tokyo")
            let put = await portal.send("PUT", Self.preferences, ["language": "de"], as: ann)
            #expect(put.status == 200 && put.body["categories"] == [:] && put.body["language"] == "de")
            #expect(await portal.audit.filter { $0.action == "preferences.changed" }.count == 3)
        }
    }

    @Test(
        arguments: [
            (["frequency": "hourly"], "frequency"), (["channels": ["fax": [:]]], "channels.fax"),
            (["doNotDisturb": ["start": "25:00", "end": "08:00"]], "doNotDisturb.start"),
            (["timezone": "Mars/Olympus"], "timezone"), (["categories": ["Not A Name": [:]]], "categories"),
        ] as [(JSON, String)])
    func `refuse what is none, by the name of the field`(_ patch: JSON, _ field: String) async throws {
        try await withPlugin(Herald.self) { portal in
            let (_, ann) = try await portal.listener()
            let refused = await portal.prefer(patch, as: ann)
            #expect(refused.status == 400)
            #expect(refused.body["errors"]?.elements.first?["field"] == .string(field), "\(refused.text)")
        }
    }

    @Test func `are nobody else's`() async throws {
        try await withPlugin(Herald.self) { portal in
            #expect(await portal.send("GET", Self.preferences).status == 401)
            #expect(await portal.send("PATCH", "/_portico/v1/me/notifications", [:]).status == 401)
        }
    }
}
