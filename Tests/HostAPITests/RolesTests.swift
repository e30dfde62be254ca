import PluginAPI
import PluginTestKit
import Testing

@Suite struct `The roles of a portal` {
    static let roles = "/_portico/v1/roles"

    @Test func `are those of its plugins and those it made itself`() async throws {
        try await withPlugin(Shop.self) { portal in
            let (_, admin) = try await portal.somebody("admin", email: "admin@shop.example")
            let listed = await portal.send("GET", Self.roles, as: admin).body["data"]?.elements ?? []
            #expect(
                listed.map { "\($0["plugin"]?.string ?? "") \($0["name"]?.string ?? "")" } == [
                    "shop customer", "shop CLERK", "shop OWNER", "portico admin",
                ])
            let catalogue = await portal.send("GET", "/_portico/v1/permissions", as: admin).text
            #expect(catalogue.contains("read:orders") && catalogue.contains("write:settings"))
        }
    }

    @Test func `made of declared permissions hold at once, and no longer than they last`() async throws {
        try await withPlugin(Shop.self) { portal in
            let (_, admin) = try await portal.somebody("admin", email: "admin@shop.example")
            let (id, person) = try await portal.somebody(nil, email: "hr@shop.example")
            let made = await portal.send(
                "PUT", Self.roles + "/people",
                [
                    "summary": "Looks after people.",
                    "permissions": [["plugin": "portico", "permission": "read:users", "scope": "tenant"]],
                ], as: admin)
            #expect(made.status == 200 && made.body["isOwn"] == true)
            #expect(await portal.send("GET", "/_portico/v1/users", as: person).status == 403)
            let giving = "/_portico/v1/users/\(id.rawValue)/roles"
            #expect(await portal.send("POST", giving, ["plugin": "tenant", "name": "people"], as: admin).status == 201)
            #expect(await portal.send("GET", "/_portico/v1/users", as: person).status == 200)
            #expect(await portal.send("DELETE", Self.roles + "/people", as: admin).code == "ROLE_IN_USE")
            let other: JSON = ["permissions": [["plugin": "shop", "permission": "read:*", "scope": "own"]]]
            #expect(await portal.send("PUT", Self.roles + "/people", other, as: admin).status == 200)
            #expect(await portal.send("GET", "/_portico/v1/users", as: person).status == 403)
            #expect(await portal.send("DELETE", giving + "/tenant/people", as: admin).status == 200)
            #expect(await portal.send("DELETE", Self.roles + "/people", as: admin).status == 204)
            #expect(await portal.send("DELETE", Self.roles + "/people", as: admin).status == 404)
            let texted = PluginTestKit.Caller.person(id, by: ["sms"])
            #expect(await portal.send("GET", "/_portico/v1/users", as: texted).status == 403)
        }
    }

    @Test func `are of a password, never of a texted code`() async throws {
        try await withPlugin(Shop.self) { portal in
            let (_, admin) = try await portal.somebody("admin", email: "admin@shop.example")
            let (id, _) = try await portal.somebody(nil, email: "hr@shop.example")
            let role: JSON = ["permissions": [["plugin": "portico", "permission": "read:*", "scope": "tenant"]]]
            #expect(await portal.send("PUT", Self.roles + "/reader", role, as: admin).status == 200)
            let giving = "/_portico/v1/users/\(id.rawValue)/roles"
            #expect(await portal.send("POST", giving, ["plugin": "tenant", "name": "reader"], as: admin).status == 201)
            #expect(await portal.send("GET", "/_portico/v1/users", as: .person(id, by: ["sms"])).status == 403)
            #expect(await portal.send("GET", "/_portico/v1/users", as: .person(id, by: ["pwd"])).status == 200)
        }
    }

    @Test func `hold nothing that nobody declares, and nothing beyond who makes them`() async throws {
        try await withPlugin(Shop.self) { portal in
            let (_, owner) = try await portal.somebody("OWNER", email: "owner@shop.example")
            let wrong: [(JSON, String)] = [
                (["plugin": "shop", "permission": "fly:planes", "scope": "own"], "permissions[0].permission"),
                (["plugin": "bakery", "permission": "read:orders", "scope": "own"], "permissions[0].plugin"),
                (["plugin": "portico", "permission": "read:users", "scope": "branch"], "permissions[0].scope"),
                (["plugin": "shop", "permission": "read:orders", "scope": "moon"], "permissions[0].scope"),
            ]
            for (allowance, field) in wrong {
                let answer = await portal.send("PUT", Self.roles + "/x", ["permissions": [allowance]], as: owner)
                #expect(answer.status == 400 && answer.text.contains(field), "\(answer.text)")
            }
            let beyond: JSON = ["plugin": "portico", "permission": "grant:*", "scope": "tenant"]
            #expect(await portal.send("PUT", Self.roles + "/x", ["permissions": [beyond]], as: owner).status == 403)
            let mine: JSON = ["plugin": "shop", "permission": "*:orders", "scope": "tenant"]
            #expect(await portal.send("PUT", Self.roles + "/x", ["permissions": [mine]], as: owner).status == 200)
        }
    }
}
