import PluginAPI
import PluginTestKit
import Testing

@Suite struct `One's own sessions` {
    private static let path = "/_portico/v1/me/sessions"

    @Test func `are listed, the one that asks is named`() async throws {
        try await withPlugin(Shop.self) { portal in
            let (id, caller) = try await portal.somebody("CLERK", email: "clerk@shop.example")
            let other = PluginTestKit.Caller.person(id, by: ["pwd", "otp"])
            #expect(await portal.send("GET", "/_portico/v1/me", as: other).status == 200)
            let list = await portal.send("GET", Self.path, as: caller)
            #expect(list.status == 200)
            #expect(list.body["data"]?.elements.count == 2)
            #expect(list.body["data"]?.elements.filter { $0["current"]?.bool == true }.count == 1)
            #expect(list.body["pagination"]?["total"]?.integer == 2)
            for session in list.body["data"]?.elements ?? [] {
                #expect(session["id"]?.string?.hasPrefix("ses_") == true)
                #expect(session["createdAt"]?.string != nil && session["lastUsedAt"]?.string != nil)
            }
        }
    }

    @Test func `end one by one, at once`() async throws {
        try await withPlugin(Shop.self) { portal in
            let (id, caller) = try await portal.somebody("CLERK", email: "clerk@shop.example")
            let other = PluginTestKit.Caller.person(id, by: ["pwd", "otp"])
            #expect(await portal.send("GET", "/_portico/v1/me", as: other).status == 200)
            let list = await portal.send("GET", Self.path, as: caller)
            let target = try #require(
                list.body["data"]?.elements.first { $0["current"]?.bool == false }?["id"]?.string)
            let (_, stranger) = try await portal.somebody("OWNER", email: "owner@shop.example")
            #expect(await portal.send("DELETE", "\(Self.path)/\(target)", as: stranger).status == 404)
            #expect(await portal.send("GET", "/_portico/v1/me", as: other).status == 200)
            #expect(await portal.send("DELETE", "\(Self.path)/\(target)", as: caller).status == 204)
            #expect(await portal.send("GET", "/_portico/v1/me", as: other).status == 401)
            #expect(await portal.send("GET", "/_portico/v1/me", as: caller).status == 200)
            #expect(await portal.send("DELETE", "\(Self.path)/nothing", as: caller).status == 404)
        }
    }

    @Test func `end all together, with or without the one that asks`() async throws {
        try await withPlugin(Shop.self) { portal in
            let (id, caller) = try await portal.somebody("CLERK", email: "clerk@shop.example")
            let other = PluginTestKit.Caller.person(id, by: ["pwd", "otp"])
            #expect(await portal.send("GET", "/_portico/v1/me", as: other).status == 200)
            #expect(await portal.send("DELETE", "\(Self.path)?keepCurrent=true", as: caller).status == 204)
            #expect(await portal.send("GET", "/_portico/v1/me", as: other).status == 401)
            #expect(await portal.send("GET", "/_portico/v1/me", as: caller).status == 200)
            #expect(await portal.send("DELETE", Self.path, as: caller).status == 204)
            #expect(await portal.send("GET", "/_portico/v1/me", as: caller).status == 401)
        }
    }
}
