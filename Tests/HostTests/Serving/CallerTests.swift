import PluginAPI
import Testing

@testable import Host

@Suite struct `A caller` {
    @Test func `must be signed in where the route says so`() async throws {
        try await withPortal { portal async throws in
            let stranger = try await portal.get("/clinic/me")
            #expect(stranger.status == 401)
            #expect(stranger.json["error"]?["code"]?.string == "AUTH_TOKEN_MISSING")
            #expect(stranger.field("www-authenticate") == "Bearer")
            for bad in ["Bearer nonsense", "Basic abc", "Bearer"] {
                let refused = try await portal.get("/clinic/me", ["authorization: \(bad)"])
                #expect(refused.status == 401)
                // What anyone may do, they may too.
                #expect(try await portal.get("/clinic/notes", ["authorization: \(bad)"]).status == 200)
            }
            let token = try await portal.signIn()
            let me = try await portal.get("/clinic/me", [token])
            #expect(me.status == 200)
            #expect(me.json["id"]?.string?.isEmpty == false)
        }
    }

    @Test func `needs the permission, and sees no more than it reaches`() async throws {
        try await withPortal { portal async throws in
            let token = try await portal.signIn()
            let id = try #require(try await portal.get("/clinic/me", [token]).json["id"]?.string)
            #expect(try await portal.get("/clinic/seen", [token]).status == 200)
            #expect(try await portal.get("/clinic/seen").status == 401)
            #expect(try await portal.get("/clinic/audits", [token]).status == 403)
            #expect(try await portal.get("/clinic/people/\(id)", [token]).status == 200)
            #expect(try await portal.get("/clinic/people/usr_other", [token]).status == 404)
            #expect(try await portal.get("/clinic/people/nobody", [token]).status == 404)
            // Holding a role of one plugin is holding none of another's.
            #expect(try await portal.get("/status/seen", [token]).status == 403)
        }
    }

    @Test func `of one tenant is nobody at another`() async throws {
        try await withPortal(tenants: ["desk": Portal.tenant, "other": Portal.tenant]) { portal async throws in
            let token = try await portal.signIn()
            #expect(try await portal.get("/clinic/me", [token]).status == 200)
            #expect(try await portal.get("/clinic/me", [token], tenant: "other").status == 401)
        }
    }

    @Test func `shares no Idempotency-Key with another`() async throws {
        try await withPortal { portal async throws in
            let token = try await portal.signIn()
            let key = "idempotency-key: k"
            let one = try await portal.post("/clinic/notes", #"{"text":"a"}"#, [key])
            let two = try await portal.post("/clinic/notes", #"{"text":"a"}"#, [key, token])
            #expect(one.status == 201 && two.status == 201)
            #expect(one.json["id"] != two.json["id"])
        }
    }
}
