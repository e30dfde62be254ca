import PluginAPI
import PluginTestKit
import Testing

@Suite struct `The people of a portal` {
    static let users = "/_portico/v1/users"

    @Test func `are made, found, changed, shut out and let in again`() async throws {
        try await withPlugin(Shop.self) { portal in
            let (_, owner) = try await portal.somebody("OWNER", email: "owner@shop.example")
            let made = await portal.send(
                "POST", Self.users,
                [
                    "givenName": "Eva", "familyName": "100%_Lind", "email": "Eva@Shop.example", "zone": "Europe/Oslo",
                    "roles": [["plugin": "shop", "name": "CLERK", "branch": "north"]],
                ], as: owner)
            #expect(made.status == 201)
            let id = try #require(made.body["id"]?.string)
            #expect(made.body["email"]?.string == "eva@shop.example" && made.body["zone"]?.string == "Europe/Oslo")
            #expect(made.body["roles"] == [["plugin": "shop", "name": "CLERK", "branch": "north"]])

            let found = await portal.send("GET", Self.users + "?search=100%25_&role=CLERK&plugin=shop", as: owner)
            #expect(found.body["data"]?.elements.map { $0["id"]?.string } == [id])
            #expect(found.body["pagination"]?["total"] == 1)
            // What LIKE would take for a pattern is text.
            #expect(await portal.send("GET", Self.users + "?search=E_a", as: owner).body["data"] == [])

            let changed = await portal.send(
                "PATCH", Self.users + "/\(id)", ["familyName": "Berg", "zone": .null], as: owner)
            #expect(changed.body["name"]?.string == "Eva Berg" && changed.body["zone"] == .null)
            #expect(changed.body["email"]?.string == "eva@shop.example")

            let eva = PluginTestKit.Caller.person(PersonID(rawValue: id), by: ["pwd"])
            #expect(await portal.send("GET", "/_portico/v1/me", as: eva).status == 200)
            let suspended = await portal.send("POST", Self.users + "/\(id)/suspend", as: owner)
            #expect(suspended.body["state"]?.string == "suspended")
            #expect(await portal.send("GET", "/_portico/v1/me", as: eva).status == 401)
            #expect(await portal.send("POST", Self.users + "/\(id)/activate", as: owner).status == 200)
            // The session of before does not come to life again.
            #expect(await portal.send("GET", "/_portico/v1/me", as: eva).status == 401)
            let actions = await portal.audit.map(\.action)
            for action in ["person.added", "role.granted", "person.changed", "person.suspended", "person.active"] {
                #expect(actions.contains(action))
            }
        }
    }

    @Test func `need something to be found by, each of it once`() async throws {
        try await withPlugin(Shop.self) { portal in
            let (_, owner) = try await portal.somebody("OWNER", email: "owner@shop.example")
            let nameless = await portal.send("POST", Self.users, ["username": "two words"], as: owner)
            #expect(nameless.status == 400 && nameless.text.contains("INVALID_USERNAME"))
            #expect(await portal.send("POST", Self.users, [:], as: owner).text.contains("MISSING_REQUIRED_FIELD"))
            let again = await portal.send("POST", Self.users, ["email": "owner@shop.example"], as: owner)
            #expect(again.status == 409 && again.code == "DUPLICATE_ENTRY")
            let role: JSON = [["plugin": "shop", "name": "KING"]]
            let unknown = await portal.send("POST", Self.users, ["email": "a@b.example", "roles": role], as: owner)
            #expect(unknown.status == 400 && unknown.text.contains("roles[0].name"))
            #expect(await portal.send("GET", Self.users + "?search=a@b.example", as: owner).body["data"] == [])
        }
    }

    @Test func `are nobody's business without the permission`() async throws {
        try await withPlugin(Shop.self) { portal in
            let (_, clerk) = try await portal.somebody("CLERK", email: "clerk@shop.example", branch: "north")
            #expect(await portal.send("GET", Self.users).status == 401)
            #expect(await portal.send("GET", Self.users, as: clerk).status == 403)
            let denied = await portal.audit.filter { $0.action == "access.denied" }
            #expect(denied.map(\.subjectID) == ["GET /_portico/v1/users"])
            #expect(denied.first?.outcome == "refused")
        }
    }

    @Test func `get no role that holds more than the giver, and lose none`() async throws {
        try await withPlugin(Shop.self) { portal in
            let (_, admin) = try await portal.somebody("admin", email: "admin@shop.example")
            let (owner, ownerCaller) = try await portal.somebody("OWNER", email: "owner@shop.example")
            let (boss, _) = try await portal.somebody("admin", email: "boss@shop.example")
            let (id, _) = try await portal.somebody(nil, email: "new@shop.example")
            let roles = Self.users + "/\(id.rawValue)/roles"
            let tooMuch = await portal.send("POST", roles, ["plugin": "portico", "name": "admin"], as: ownerCaller)
            #expect(tooMuch.status == 403 && tooMuch.code == "INSUFFICIENT_PERMISSIONS")
            let given = await portal.send("POST", roles, ["plugin": "shop", "name": "OWNER"], as: ownerCaller)
            #expect(given.status == 201)
            #expect(await portal.send("POST", roles, ["plugin": "portico", "name": "admin"], as: admin).status == 201)
            let taking = await portal.send("DELETE", roles + "/portico/admin", as: ownerCaller)
            #expect(taking.status == 403)
            // Whoever holds more is not changed or shut out either: an address of theirs is a way in.
            let change: JSON = ["email": "mine@shop.example"]
            #expect(
                await portal.send("PATCH", Self.users + "/\(boss.rawValue)", change, as: ownerCaller).status == 403)
            #expect(
                await portal.send("POST", Self.users + "/\(boss.rawValue)/sign-out", as: ownerCaller).status == 403)
            #expect(await portal.send("DELETE", roles + "/shop/OWNER", as: ownerCaller).status == 403)
            #expect(await portal.send("DELETE", roles + "/portico/admin", as: admin).status == 200)
            #expect(await portal.send("DELETE", roles + "/portico/admin", as: admin).status == 404)
            _ = owner
            let refused = await portal.audit.filter { $0.outcome == "refused" }.map(\.action)
            for action in ["role.granted", "role.revoked", "person.changed", "session.ended"] {
                #expect(refused.contains(action), "\(action) in \(refused)")
            }
        }
    }

    @Test func `always leave one who runs the portal`() async throws {
        try await withPlugin(Shop.self) { portal in
            let (admin, caller) = try await portal.somebody("admin", email: "admin@shop.example")
            let (owner, ownerCaller) = try await portal.somebody("OWNER", email: "owner@shop.example")
            let mine = Self.users + "/\(admin.rawValue)"
            #expect(await portal.send("POST", mine + "/suspend", as: caller).code == "NOT_ONESELF")
            #expect(
                await portal.send("POST", Self.users + "/\(owner.rawValue)/suspend", as: caller).status == 200)
            let last = await portal.send("DELETE", mine + "/roles/portico/admin", as: caller)
            #expect(last.status == 409 && last.code == "LAST_ADMINISTRATOR")
            #expect(await portal.send("GET", Self.users, as: caller).status == 200)
            _ = ownerCaller
        }
    }

    @Test func `are signed out everywhere at once`() async throws {
        try await withPlugin(Shop.self) { portal in
            let (_, owner) = try await portal.somebody("OWNER", email: "owner@shop.example")
            let (id, clerk) = try await portal.somebody("CLERK", email: "clerk@shop.example")
            #expect(await portal.send("GET", "/_portico/v1/me", as: clerk).status == 200)
            #expect(await portal.send("POST", Self.users + "/\(id.rawValue)/sign-out", as: owner).status == 204)
            #expect(await portal.send("GET", "/_portico/v1/me", as: clerk).status == 401)
        }
    }

    @Test func `are invited by a link in a message`() async throws {
        try await withPlugin(Shop.self) { portal in
            let (_, owner) = try await portal.somebody("OWNER", email: "owner@shop.example")
            let made = await portal.send("POST", Self.users, ["email": "new@shop.example", "invite": true], as: owner)
            #expect(made.status == 201)
            await portal.work()
            #expect(await portal.outbox.email.contains { $0.to == "new@shop.example" })
            let again = Self.users + "/\(made.body["id"]?.string ?? "")/invite"
            #expect(await portal.send("POST", again, as: owner).code == "NOT_INVITED")
            portal.clock.advance(by: .seconds(120))
            #expect(await portal.send("POST", again, as: owner).status == 204)
            let nowhere = await portal.send("POST", Self.users, ["phone": "+15550100001", "invite": true], as: owner)
            #expect(nowhere.status == 400)
        }
    }

    @Test func `change their own name, language and zone`() async throws {
        try await withPlugin(Shop.self) { portal in
            let (_, clerk) = try await portal.somebody("CLERK", email: "clerk@shop.example")
            let me = await portal.send(
                "PATCH", "/_portico/v1/me", ["familyName": "Hansen", "zone": "America/New_York", "language": "de"],
                as: clerk)
            #expect(me.body["name"]?.string == "Ola Hansen" && me.body["zone"]?.string == "America/New_York")
            let wrong = await portal.send(
                "PATCH", "/_portico/v1/me", ["zone": "Mars/North", "email": "x@y.zz"], as: clerk)
            #expect(wrong.status == 400 && wrong.text.contains("INVALID_ZONE") && wrong.text.contains("UNKNOWN_FIELD"))
        }
    }
}
