import PluginAPI
import Testing

@testable import Host

@Suite struct `A request` {
    @Test func `for health and readiness is answered on any host`() async throws {
        try await withPortal { portal async throws in
            for host in ["desk", "nowhere"] {
                let health = try await portal.get("/health", tenant: host)
                #expect(health.status == 200 && health.text == #"{"status":"ok"}"#)
                #expect(try await portal.get("/ready", tenant: host).status == 200)
            }
            portal.pipeline.setReady(false)
            #expect(try await portal.get("/ready").status == 503)
            #expect(try await portal.get("/health").status == 200)
            #expect(try await portal.send("POST", "/health").status == 404)
        }
    }

    @Test func `for a host that is no tenant gets the same bytes whoever asks`() async throws {
        try await withPortal { portal async throws in
            let one = try await portal.get("/", tenant: "nowhere")
            let two = try await portal.post("/clinic/notes", "{}", ["host: x"])
            #expect(one.status == 404)
            #expect(one.field("content-type") == "application/problem+json")
            #expect(one.json["code"]?.string == "TENANT_NOT_FOUND")
            #expect(try await portal.get("/other", tenant: "elsewhere").body == one.body)
            // Two hosts are no request at all.
            #expect(two.status == 400)
        }
    }

    @Test func `to a suspended tenant is unavailable, and one to a tenant that is read only changes nothing`()
        async throws
    {
        let tenants = [
            "closed": #"{ "name": "C", "state": "suspended", "plugins": { "desk-clinic": {} } }"#,
            "museum": #"{ "name": "M", "state": "readOnly", "plugins": { "desk-clinic": {} } }"#,
        ]
        try await withPortal(tenants: tenants) { portal async throws in
            let closed = try await portal.get("/clinic/notes", tenant: "closed")
            #expect(closed.status == 503)
            #expect(closed.field("retry-after") != nil)
            #expect(try await portal.get("/clinic/notes", tenant: "museum").status == 200)
            let refused = try await portal.send("POST", "/clinic/notes", body: #"{"text":"a"}"#, tenant: "museum")
            #expect(refused.status == 403)
            #expect(try await portal.get("/clinic/notes", tenant: "museum").json["data"] == [])
        }
    }

    @Test func `for what does not exist is answered in the tenant's own dialect`() async throws {
        try await withPortal(tenants: [
            "bare": #"{ "name": "B", "defaultDialect": "bare", "plugins": { "desk-clinic": {} } }"#,
            "plain": #"{ "name": "P", "plugins": {} }"#,
        ]) { portal async throws in
            let bare = try await portal.get("/nothing", tenant: "bare")
            #expect(bare.status == 404)
            #expect(bare.json["error"]?["code"]?.string == "resource_not_found")
            // A plugin that is not enabled does not exist.
            let plain = try await portal.get("/clinic/notes", tenant: "plain")
            #expect(plain.status == 404)
            #expect(plain.json["success"] == false)
        }
    }

    @Test func `by another method is told which there are`() async throws {
        try await withPortal { portal async throws in
            let refused = try await portal.send("PUT", "/clinic/notes", body: "{}")
            #expect(refused.status == 405)
            #expect(refused.field("allow") == "GET, HEAD, POST, OPTIONS")
            #expect(refused.json["error"]?["code"]?.string == "METHOD_NOT_ALLOWED")
            #expect(try await portal.send("TRACE", "/clinic/notes").status == 405)
            let options = try await portal.send("OPTIONS", "/clinic/notes/7")
            #expect(options.status == 204)
            #expect(options.field("allow") == "GET, HEAD, DELETE, OPTIONS")
        }
    }

    @Test func `keeps its id when it is a usable one`() async throws {
        try await withPortal { portal async throws in
            #expect(try await portal.get("/clinic/notes", ["x-request-id: a.B_9-"]).field("x-request-id") == "a.B_9-")
            for bad in ["a b", "a/b", String(repeating: "a", count: 129), "ä"] {
                let id = try await portal.get("/clinic/notes", ["x-request-id: \(bad)"]).field("x-request-id")
                #expect(id?.hasPrefix("req_") == true)
            }
            let one = try await portal.get("/nothing").field("x-request-id")
            #expect(try await portal.get("/nothing").field("x-request-id") != one)
        }
    }

    @Test func `from a listed origin is let through, and so is its preflight`() async throws {
        try await withPortal { portal async throws in
            let origin = "origin: https://app.example"
            for answer in [
                try await portal.get("/clinic/notes", [origin]), try await portal.get("/clinic/nothing", [origin]),
                try await portal.get("/clinic/me", [origin]),
            ] {
                #expect(answer.field("access-control-allow-origin") == "https://app.example")
                #expect(answer.fields("vary").contains("Origin"))
            }
            let preflight = try await portal.send(
                "OPTIONS", "/clinic/me", [origin, "access-control-request-method: GET"])
            #expect(preflight.status == 204)
            #expect(preflight.field("access-control-allow-methods") == "GET, HEAD, OPTIONS")
            let other = try await portal.get("/clinic/notes", ["origin: https://evil.example"])
            #expect(other.field("access-control-allow-origin") == nil)
            #expect(other.fields("vary").contains("Origin"))
        }
    }

    @Test func `that fails inside tells the client nothing and the log everything`() async throws {
        try await withPortal { portal async throws in
            for answer in [
                try await portal.get("/clinic/broken", ["x-request-id: find-me"]),
                try await portal.post("/clinic/notes", #"{"text":"fault"}"#, ["x-request-id: find-me"]),
            ] {
                #expect(answer.status == 500)
                #expect(!answer.text.contains("password") && !answer.text.contains("InnerFault"))
                #expect(answer.json["error"]?["requestId"]?.string == "find-me")
            }
            let lines = portal.log.lines.filter { $0.level == .error && $0.requestID == "find-me" }
            #expect(lines.count == 2)
            #expect(lines.allSatisfy { $0.tenant == "desk" })
            #expect(try await portal.get("/clinic/notes").json["data"] == [])
        }
    }

    @Test func `is in the log with its route and without its path`() async throws {
        try await withPortal { portal async throws in
            _ = try await portal.get("/clinic/notes/anna@example.com", ["x-request-id: one"])
            let entry = try #require(portal.log.entries.first { $0.requestID == "one" })
            #expect(entry.status == 404)
            #expect(entry.route == "/clinic/notes/{id}")
            #expect(entry.tenant == "desk")
        }
    }
}
