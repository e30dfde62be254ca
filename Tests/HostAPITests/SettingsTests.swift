import PluginAPI
import PluginTestKit
import Testing

@Suite struct `The settings of a portal` {
    static let settings = "/_portico/v1/settings"
    static let file: JSON = [
        "locked": ["auth.accessTokenTtlSeconds"], "auth": ["accessTokenTtlSeconds": 600],
    ]

    private static func entry(_ path: String, _ answer: PluginTestKit.Answer) -> JSON? {
        answer.body["entries"]?.elements.first { $0["path"]?.string == path }
    }

    @Test func `say where each value is from and whether it can be changed here`() async throws {
        try await withPlugin(Shop.self, tenant: Self.file) { portal in
            let (_, owner) = try await portal.somebody("OWNER", email: "owner@shop.example")
            let shown = await portal.send("GET", Self.settings, as: owner)
            let locked = Self.entry("auth.accessTokenTtlSeconds", shown)
            #expect(locked?["source"] == "file" && locked?["isLocked"] == true && locked?["value"] == 600)
            let greeting = Self.entry("plugins.shop.greeting", shown)
            #expect(greeting?["source"] == "default" && greeting?["isLocked"] == false)
            #expect(shown.body["values"]?["audit"]?["retentionDays"] == 90)
        }
    }

    @Test func `are live when the answer comes, and audited with before and after`() async throws {
        try await withPlugin(Shop.self, tenant: Self.file) { portal in
            let (_, owner) = try await portal.somebody("OWNER", email: "owner@shop.example")
            #expect(await portal.send("GET", "/shop/greeting").body["text"] == "Hello")
            for word in ["Hei", "Moin"] {
                let patch: JSON = ["plugins": ["shop": ["greeting": .string(word)]]]
                let changed = await portal.send("PATCH", Self.settings, patch, as: owner)
                #expect(changed.status == 200)
                #expect(Self.entry("plugins.shop.greeting", changed)?["source"] == "overlay")
                #expect(await portal.send("GET", "/shop/greeting").body["text"] == .string(word))
            }
            let entries = await portal.audit.filter { $0.action == "settings.changed" }
            #expect(
                entries.last?.details
                    == [
                        "before": ["plugins": ["shop": ["greeting": "Hei"]]],
                        "after": ["plugins": ["shop": ["greeting": "Moin"]]],
                    ]
            )
            let undone = await portal.send(
                "PATCH", Self.settings, ["plugins": ["shop": ["greeting": .null]]], as: owner)
            #expect(undone.status == 200)
            #expect(await portal.send("GET", "/shop/greeting").body["text"] == "Hello")
        }
    }

    @Test func `are checked as a whole, and nothing is kept of what is wrong`() async throws {
        try await withPlugin(Shop.self, tenant: Self.file) { portal in
            let (_, owner) = try await portal.somebody("OWNER", email: "owner@shop.example")
            let patch: JSON = [
                "name": "", "nonsense": 1, "plugins": ["shop": ["greeting": 7, "color": "red"]],
                "auth": ["refreshTokenTtlSeconds": 1],
            ]
            let wrong = await portal.send("PATCH", Self.settings, patch, as: owner)
            #expect(wrong.status == 400)
            for field in [
                "name", "nonsense", "plugins.shop.greeting", "plugins.shop.color", "auth.refreshTokenTtlSeconds",
            ] {
                #expect(wrong.text.contains("\"\(field)\""), "\(field) in \(wrong.text)")
            }
            #expect(await portal.send("PATCH", Self.settings, [], as: owner).status == 400)
            #expect(await portal.send("GET", "/shop/greeting").body["text"] == "Hello")
        }
    }

    @Test(
        arguments: [
            (["auth": ["accessTokenTtlSeconds": 900]], "auth.accessTokenTtlSeconds"), (["auth": .null], "auth"),
            (["domains": ["evil.example"]], "domains"), (["plugins": ["bakery": [:]]], "plugins.bakery"),
            (["name": ["$env": "PATH"]], "name"),
        ] as [(JSON, String)])
    func `that the file alone decides are refused by name`(_ patch: JSON, _ path: String) async throws {
        try await withPlugin(Shop.self, tenant: Self.file) { portal in
            let (_, owner) = try await portal.somebody("OWNER", email: "owner@shop.example")
            let refused = await portal.send("PATCH", Self.settings, patch, as: owner)
            #expect(refused.status == 403 && refused.text.contains(path))
            let entry = await portal.audit.last { $0.action == "settings.changed" }
            #expect(entry?.outcome == "refused")
        }
    }

    @Test func `are not for everybody`() async throws {
        try await withPlugin(Shop.self) { portal in
            let (_, clerk) = try await portal.somebody("CLERK", email: "clerk@shop.example")
            #expect(await portal.send("GET", Self.settings, as: clerk).status == 403)
            #expect(await portal.send("PATCH", Self.settings, ["name": "x"], as: clerk).status == 403)
        }
    }

    @Test func `and its use is counted from what is stored`() async throws {
        try await withPlugin(Shop.self) { portal in
            let (_, owner) = try await portal.somebody("OWNER", email: "owner@shop.example")
            _ = try await portal.somebody("CLERK", email: "clerk@shop.example")
            let usage = await portal.send("GET", "/_portico/v1/usage", as: owner)
            #expect(usage.body["people"] == 2 && usage.body["sessions"] == 1 && usage.body["suspended"] == 0)
            #expect((usage.body["storageBytes"]?.integer ?? 0) > 4096)
        }
    }
}
