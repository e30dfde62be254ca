import PluginAPI
import PluginTestKit
import Testing

@Suite struct `API keys over the API` {
    private static let path = "/_portico/v1/api-keys"

    private func make(
        _ portal: Portal, _ caller: PluginTestKit.Caller, _ body: JSON = ["name": "Robot", "scopes": ["read:orders"]]
    ) async throws -> (id: String, key: String) {
        let made = await portal.send("POST", Self.path, body, as: caller)
        #expect(made.status == 201, "\(made.text)")
        return (try #require(made.body["id"]?.string), try #require(made.body["key"]?.string))
    }

    @Test func `are shown once, and listed without their text`() async throws {
        try await withPlugin(Shop.self) { portal in
            let (_, caller) = try await portal.somebody("CLERK", email: "clerk@shop.example", branch: "north")
            let (id, key) = try await make(portal, caller)
            #expect(key.hasPrefix("pk_"))
            let list = await portal.send("GET", Self.path, as: caller)
            let shown = try #require(list.body["data"]?.elements.first)
            #expect(shown["id"]?.string == id && shown["name"] == "Robot" && shown["scopes"] == ["read:orders"])
            #expect(shown["expiresAt"]?.string != nil && !list.text.contains(key))
            #expect(!(await portal.send("GET", "\(Self.path)/\(id)", as: caller)).text.contains(key))
            let (_, other) = try await portal.somebody("CLERK", email: "other@shop.example")
            #expect(await portal.send("GET", "\(Self.path)/\(id)", as: other).status == 404)
            #expect(await portal.send("GET", Self.path, as: other).body["data"] == [])
        }
    }

    @Test func `act for their owner, and do nothing that a person must do`() async throws {
        try await withPlugin(Shop.self) { portal in
            let (id, caller) = try await portal.somebody("CLERK", email: "clerk@shop.example", branch: "north")
            let key = ["X-API-Key": try await make(portal, caller).key]
            let me = await portal.send("GET", "/_portico/v1/me", headers: key)
            #expect(me.status == 200 && me.body["id"]?.string == id.rawValue)
            for (method, path, body) in [
                ("GET", Self.path, nil), ("POST", Self.path, ["name": "x", "scopes": ["read:orders"]] as JSON),
                ("GET", "/_portico/v1/me/sessions", nil), ("DELETE", "/_portico/v1/me/sessions", nil),
            ] as [(String, String, JSON?)] {
                let refused = await portal.send(method, path, body, headers: key)
                #expect(refused.status == 403 && refused.code == "INSUFFICIENT_PERMISSIONS", "\(method) \(path)")
            }
        }
    }

    @Test func `ask for scopes that one holds, written as they are`() async throws {
        try await withPlugin(Shop.self) { portal in
            let (_, caller) = try await portal.somebody("OWNER", email: "owner@shop.example")
            for (scope, status) in [
                ("*:orders", 201), ("read:orders", 201), ("read:users", 201), ("grant:roles", 400), ("*:*", 400),
                ("read:orders *:*", 400), ("read:Orders", 400), ("orders", 400), ("read:orders:x", 400),
            ] {
                let made = await portal.send(
                    "POST", Self.path, ["name": "Robot", "scopes": [.string(scope)]], as: caller)
                #expect(made.status == status, "\(scope): \(made.text)")
                if status == 400 { #expect(made.body["errors"]?[0]?["field"] == "scopes[0]", "\(scope): \(made.text)") }
            }
            let bad: JSON = [
                "name": "", "scopes": [], "addresses": ["192.0.2.1/8"], "expiresAt": "2001-01-01T00:00:00Z",
            ]
            let refused = await portal.send("POST", Self.path, bad, as: caller)
            #expect(refused.status == 400)
            #expect(refused.body["errors"]?.elements.count == 3, "\(refused.text)")
        }
    }

    @Test func `are rotated with an overlap and revoked at once`() async throws {
        try await withPlugin(Shop.self) { portal in
            let (_, caller) = try await portal.somebody("CLERK", email: "clerk@shop.example")
            let (id, first) = try await make(portal, caller)
            let rotated = await portal.send("POST", "\(Self.path)/\(id)/rotate", ["overlapHours": 1], as: caller)
            #expect(rotated.status == 200)
            let second = try #require(rotated.body["key"]?.string)
            func status(_ key: String) async -> Int {
                await portal.send("GET", "/_portico/v1/me", headers: ["X-API-Key": key]).status
            }
            #expect(await [status(first), status(second)] == [200, 200])
            portal.clock.advance(by: .seconds(3600))
            #expect(await [status(first), status(second)] == [401, 200])
            let (_, stranger) = try await portal.somebody("CLERK", email: "other@shop.example")
            #expect(await portal.send("DELETE", "\(Self.path)/\(id)", as: stranger).status == 404)
            #expect(await portal.send("POST", "\(Self.path)/\(id)/rotate", [:], as: stranger).status == 404)
            let (_, admin) = try await portal.somebody("OWNER", email: "owner@shop.example")
            #expect(await portal.send("DELETE", "\(Self.path)/\(id)", as: admin).status == 204)
            #expect(await status(second) == 401)
        }
    }

    @Test func `made under an idempotency key are one key, and lie sealed`() async throws {
        try await withPlugin(Shop.self) { portal in
            let (_, caller) = try await portal.somebody("CLERK", email: "clerk@shop.example")
            let body: JSON = ["name": "Robot", "scopes": ["read:orders"]]
            let again = ["Idempotency-Key": "once"]
            let one = await portal.send("POST", Self.path, body, as: caller, headers: again)
            let two = await portal.send("POST", Self.path, body, as: caller, headers: again)
            #expect(one.status == 201 && one.body == two.body)
            let list = await portal.send("GET", Self.path, as: caller)
            #expect(list.body["pagination"]?["total"]?.integer == 1)
        }
    }
}
