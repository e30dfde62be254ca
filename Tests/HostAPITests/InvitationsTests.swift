import Crypto
import PluginAPI
import PluginTestKit
import Testing

@Suite struct `Invitations and lost second factors` {
    private static let users = "/_portico/v1/users"

    @Test func `an invitation is mailed with the account, and needs an address`() async throws {
        try await withPlugin(Shop.self) { portal in
            let (_, owner) = try await portal.somebody("OWNER", email: "owner@shop.example")
            let nowhere = await portal.send("POST", Self.users, ["username": "eva", "invite": true], as: owner)
            #expect(nowhere.status == 400 && nowhere.text.contains("MISSING_REQUIRED_FIELD"))
            #expect(nowhere.text.contains("\"email\""))
            let made = await portal.send("POST", Self.users, ["email": "eva@shop.example", "invite": true], as: owner)
            #expect(made.status == 201)
            let silent = await portal.send("POST", Self.users, ["email": "ole@shop.example"], as: owner)
            #expect(silent.status == 201)
            await portal.work()
            let letters = await portal.outbox.email
            #expect(letters.map(\.to) == ["eva@shop.example"])
            #expect(letters.first?.body.contains("http://test.localhost") == true)
            #expect(letters.first?.body.contains("/accept-invitation?token=") == true)
            #expect(!made.text.contains("token"), "the link is the letter's alone")
        }
    }

    @Test func `nobody is invited who is suspended, has no address, is unknown, or holds more`() async throws {
        try await withPlugin(Shop.self) { portal in
            let (_, owner) = try await portal.somebody("OWNER", email: "owner@shop.example")
            let (admin, _) = try await portal.somebody("admin", email: "admin@shop.example")
            let phoned = try await portal.person(phone: "+15550100001", roles: ["customer"])
            let (gone, _) = try await portal.somebody("customer", email: "gone@shop.example")
            await portal.send("POST", Self.users + "/\(gone.rawValue)/suspend", as: owner)
            for (id, status) in [
                (phoned.rawValue, 409), (gone.rawValue, 409), ("usr_none", 404), (admin.rawValue, 403),
            ] {
                #expect(await portal.send("POST", Self.users + "/\(id)/invite", as: owner).status == status)
            }
            await portal.work()
            #expect(await portal.outbox.email.isEmpty)
        }
    }

    @Test func `an administrator takes off a second factor that is lost`() async throws {
        try await withPlugin(Shop.self) { portal in
            let (_, owner) = try await portal.somebody("OWNER", email: "owner@shop.example")
            let (clerk, caller) = try await portal.somebody("CLERK", email: "clerk@shop.example")
            let path = Self.users + "/\(clerk.rawValue)/2fa"
            #expect(await portal.send("DELETE", path, as: owner).status == 404, "there is none")
            let code = try await enrolled(portal, caller)
            #expect(await portal.send("GET", "/_portico/v1/me/2fa", as: caller).body["enabled"] == true)
            #expect(await portal.send("DELETE", path).status == 401)
            #expect(await portal.send("DELETE", path, as: caller).status == 403)
            #expect(await portal.send("DELETE", path, as: owner).status == 204)
            #expect(await portal.send("GET", "/_portico/v1/me", as: caller).status == 401, "signed out everywhere")
            await portal.work()
            let letters = await portal.outbox.email.filter { $0.to == "clerk@shop.example" }
            #expect(letters.contains { $0.subject.contains("second factor was removed") })
            let entry = try #require(await portal.audit.last { $0.action == "second-factor.removed" })
            #expect(entry.subjectID == clerk.rawValue && entry.person != clerk && entry.outcome == "success")
            let again = PluginTestKit.Caller.person(clerk, by: ["pwd", "x"])
            #expect(await portal.send("GET", "/_portico/v1/me/2fa", as: again).body["enabled"] == false)
            let old = await portal.send("POST", "/_portico/v1/me/2fa/disable", ["code": .string(code)], as: again)
            #expect(old.status == 409)
        }
    }

    @Test func `nobody takes off their own without its code, or that of who holds more`() async throws {
        try await withPlugin(Shop.self) { portal in
            let (me, owner) = try await portal.somebody("OWNER", email: "owner@shop.example")
            let (admin, adminCaller) = try await portal.somebody("admin", email: "admin@shop.example")
            _ = try await enrolled(portal, owner)
            _ = try await enrolled(portal, adminCaller)
            let mine = await portal.send("DELETE", Self.users + "/\(me.rawValue)/2fa", as: owner)
            #expect(mine.status == 409 && mine.code == "NOT_ONESELF")
            let theirs = await portal.send("DELETE", Self.users + "/\(admin.rawValue)/2fa", as: owner)
            #expect(theirs.status == 403)
            #expect(await portal.audit.contains { $0.action == "second-factor.removed" && $0.outcome == "refused" })
            #expect(await portal.send("GET", "/_portico/v1/me/2fa", as: adminCaller).body["enabled"] == true)
        }
    }

    /// Sets an authenticator up; the code that proved it.
    private func enrolled(_ portal: Portal, _ caller: PluginTestKit.Caller) async throws -> String {
        let made = await portal.send("POST", "/_portico/v1/me/2fa/enable", [:], as: caller)
        let secret = try #require(Base32.decode(made.body["secret"]?.string ?? ""))
        let code = try TOTP(secret: SecretBytes(secret)).code(at: portal.clock.now.seconds)
        let proof = await portal.send("POST", "/_portico/v1/me/2fa/verify", ["code": .string(code)], as: caller)
        #expect(proof.status == 200, "\(proof.text)")
        return code
    }
}
