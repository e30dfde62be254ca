import PluginAPI
import PluginTestKit
import Testing

@Suite struct `One's own account` {
    @Test func `is there at every tenant, for who is signed in`() async throws {
        try await withPlugin(Shop.self) { portal in
            let (id, caller) = try await portal.somebody("OWNER", email: "owner@shop.example")
            let me = await portal.send("GET", "/_portico/v1/me", as: caller)
            #expect(me.status == 200)
            #expect(me.body["id"]?.string == id.rawValue)
            #expect(me.body["name"]?.string == "Ola Nordmann")
            #expect(me.body["email"]?.string == "owner@shop.example")
            #expect(me.body["methods"] == ["pwd"])
            #expect(me.body["roles"] == [["plugin": "shop", "name": "OWNER", "branch": .null]])
            #expect(me.body["permissions"]?["shop"] == ["*:orders"])
            #expect(me.headers["etag"] != nil)
        }
    }

    @Test func `is nobody's without a token`() async throws {
        try await withPlugin(Shop.self) { portal in
            let answer = await portal.send("GET", "/_portico/v1/me")
            #expect(answer.status == 401)
            #expect(answer.headers["content-type"] == "application/problem+json")
            #expect(answer.body["code"]?.string == "AUTH_TOKEN_MISSING")
        }
    }

    @Test func `says what this session's sign-in is good for, not more`() async throws {
        try await withPlugin(Shop.self) { portal in
            let id = try await portal.person(phone: "+15550100001", roles: ["OWNER", "customer"])
            let texted = await portal.send("GET", "/_portico/v1/me", as: .person(id, by: ["sms"]))
            #expect(texted.body["permissions"] == ["shop": ["read:orders"]])
        }
    }

    @Test func `whoever runs a plugin's business runs the tenant, but gives no more than is theirs`() async throws {
        try await withPlugin(Shop.self) { portal in
            let (_, owner) = try await portal.somebody("OWNER", email: "owner@shop.example")
            let (_, clerk) = try await portal.somebody("CLERK", email: "clerk@shop.example", branch: "north")
            let (_, admin) = try await portal.somebody("admin", email: "admin@shop.example")
            func permissions(_ caller: PluginTestKit.Caller) async -> [String] {
                let me = await portal.send("GET", "/_portico/v1/me", as: caller)
                guard case .array(let names)? = me.body["permissions"]?["portico"] else { return [] }
                return names.compactMap(\.string)
            }
            #expect(await permissions(owner).contains("write:settings"))
            #expect(!(await permissions(owner).contains("grant:roles")))
            #expect(await permissions(admin).contains("grant:roles"))
            #expect(await permissions(clerk) == [])
        }
    }
}
