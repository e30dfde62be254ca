import PluginAPI
import Testing

@testable import Host

private let words = Dialect.allCases.map(\.rawValue)

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

@Suite struct `An answer` {
    @Test func `is in the plugin's dialect`() async throws {
        try await withPortal { portal async throws in
            for word in words {
                let created = try await portal.post("/\(word)/notes", #"{"text":" hello "}"#)
                #expect(created.status == 201)
                #expect(created.field("content-type") == "application/json")
                #expect(created.field("cache-control") == "no-store")
                #expect(created.field("x-content-type-options") == "nosniff")
                let data = word == "envelope" || word == "status" ? created.json["data"] : created.json
                #expect(data?["text"]?.string == "hello")
                let id = try #require(data?["id"]?.string)
                #expect(try await portal.get("/\(word)/notes/\(id)").status == 200)
                let gone = try await portal.send("DELETE", "/\(word)/notes/\(id)")
                #expect(gone.status == 204 && gone.body.isEmpty)
                #expect(try await portal.get("/\(word)/notes/\(id)").status == 404)
            }
        }
    }

    @Test func `names every mistake in the plugin's dialect`() async throws {
        try await withPortal { portal async throws in
            for word in words {
                let refused = try await portal.post("/\(word)/notes", #"{"text":"","priority":9,"colour":"red"}"#)
                #expect(refused.status == 400)
                for field in ["text", "priority", "colour"] { #expect(refused.text.contains("\"\(field)\"")) }
                let code = refused.json["error"]?["code"]?.string ?? refused.json["code"]?.string
                #expect(code == (word == "bare" ? "invalid_request" : "VALIDATION_ERROR"))
                let conflict = try await portal.post("/\(word)/notes", #"{"text":"full"}"#)
                #expect(conflict.status == 409)
                #expect(conflict.text.uppercased().contains("DESK_FULL"))
            }
        }
    }

    @Test func `to a refusal is problem details for who wants them`() async throws {
        try await withPortal { portal async throws in
            for word in words {
                let refused = try await portal.post(
                    "/\(word)/notes", #"{"text":1}"#, ["accept: application/problem+json"])
                #expect(refused.status == 400)
                #expect(refused.field("content-type") == "application/problem+json")
                #expect(refused.json["code"]?.string == "VALIDATION_ERROR")
                #expect(refused.json["requestId"]?.string == refused.field("x-request-id"))
            }
        }
    }

    @Test func `is refused to who accepts none of its forms`() async throws {
        try await withPortal { portal async throws in
            #expect(try await portal.get("/clinic/notes/1", ["accept: image/png"]).status == 406)
            #expect(try await portal.post("/clinic/notes", #"{"text":"a"}"#, ["accept: text/css"]).status == 406)
            #expect(try await portal.get("/clinic/file", ["accept: application/octet-stream"]).status == 200)
            #expect(try await portal.get("/clinic/notes").json["data"] == [])
        }
    }

    @Test func `has an entity tag by which it is asked for again`() async throws {
        try await withPortal { portal async throws in
            for path in ["/envelope/notes", "/clinic/card", "/openapi.json", "/docs"] {
                let first = try await portal.get(path)
                #expect(first.status == 200)
                let tag = try #require(first.field("etag"))
                let again = try await portal.get(path, ["if-none-match: \"x\", \(tag)"])
                #expect(again.status == 304 && again.body.isEmpty)
                #expect(again.field("etag") == tag)
                #expect(try await portal.get(path, ["if-none-match: \"x\""]).status == 200)
            }
            let before = try await portal.get("/envelope/notes").field("etag")
            _ = try await portal.post("/envelope/notes", #"{"text":"a"}"#)
            #expect(try await portal.get("/envelope/notes").field("etag") != before)
        }
    }

    @Test func `to HEAD is that to GET without its body`() async throws {
        try await withPortal { portal async throws in
            for path in ["/clinic/notes", "/clinic/card", "/clinic/me", "/nothing"] {
                let get = try await portal.get(path)
                let head = try await portal.send("HEAD", path)
                #expect(head.status == get.status)
                #expect(head.body.isEmpty)
                #expect(head.field("etag") == get.field("etag"))
                #expect(head.field("content-type") == get.field("content-type"))
            }
        }
    }

    @Test func `may be a file, as it comes`() async throws {
        try await withPortal { portal async throws in
            let file = try await portal.get("/clinic/file")
            #expect(file.body.count == 1_000_000)
            #expect(file.body.first == 100 && file.body.last == 1)
            #expect(file.field("content-type") == "application/octet-stream")
            #expect(
                file.field("content-disposition")
                    == "attachment; filename=\"M_rz.bin\"; filename*=UTF-8''M%C3%A4rz.bin")
            let card = try await portal.get("/clinic/card")
            #expect(card.text == "BEGIN:VCARD")
            #expect(card.field("content-disposition") == "inline")
        }
    }

    @Test func `of a limited route tells how much is left, and then refuses`() async throws {
        try await withPortal { portal async throws in
            for left in ["1", "0"] {
                let answer = try await portal.get("/envelope/limited")
                #expect(answer.status == 200)
                #expect(answer.field("x-ratelimit-limit") == "2")
                #expect(answer.field("x-ratelimit-remaining") == left)
            }
            let refused = try await portal.get("/envelope/limited")
            #expect(refused.status == 429)
            #expect(refused.json["error"]?["code"]?.string == "RATE_LIMIT_EXCEEDED")
            #expect(refused.field("retry-after") != nil)
            #expect(refused.field("x-ratelimit-remaining") == "0")
            #expect(try await portal.get("/clinic/limited").status == 200)
            portal.clock.advance(by: .seconds(120))
            #expect(try await portal.get("/envelope/limited").status == 200)
        }
    }
}

@Suite struct `A body` {
    @Test func `must say that it is JSON in UTF-8, to an open tenant and to one that is closed`() async throws {
        try await withPortal { portal async throws in
            let slot = try portal.parts.tenants.slot(named: "desk")
            for isOpen in [false, true] {
                for (type, status) in [("text/plain", 415), ("application/json; charset=latin1", 400)] {
                    if isOpen { _ = try await portal.get("/clinic/notes") } else { slot.close() }
                    #expect(slot.isClosed != isOpen)
                    let answer = try await portal.post("/clinic/notes", #"{"text":"a"}"#, ["content-type: \(type)"])
                    #expect(answer.status == status)
                    #expect(
                        answer.json["error"]?["code"]?.string
                            == (status == 415 ? "UNSUPPORTED_MEDIA_TYPE" : "INVALID_DATA_FORMAT"))
                    #expect(try await portal.get("/clinic/notes").json["data"] == [])
                }
            }
        }
    }

    @Test func `that is not what is asked for is a mistake of the client`() async throws {
        try await withPortal { portal async throws in
            for body in [
                "{", "", "nonsense", "[]", "{\"text\":\"a\"}{", "{\"text\":\"a\",\"text\":\"b\"}", "\"\u{0}\"",
            ] {
                #expect(try await portal.post("/envelope/notes", body).status == 400)
                #expect(try await portal.get("/health").status == 200)
            }
        }
    }

    @Test func `over a mebibyte is too large, in the dialect`() async throws {
        try await withPortal { portal async throws in
            for isOpen in [false, true] {
                let huge = #"{"text":"\#(String(repeating: "x", count: 1 << 20))"}"#
                let refused = try await portal.post("/status/notes", huge)
                #expect(refused.status == 413)
                if isOpen { #expect(refused.json["status"]?.string == "error") }
                #expect(refused.text.contains("PAYLOAD_TOO_LARGE"))
                _ = try await portal.get("/status/notes")
            }
        }
    }

    @Test func `of a mebibyte of brackets is a mistake like another`() async throws {
        try await withPortal { portal async throws in
            for bracket in ["[", "{\"a\":"] {
                let body = String(repeating: bracket, count: (1 << 20) / bracket.utf8.count)
                let refused = try await portal.post("/clinic/notes", body)
                #expect(refused.status == 400)
                #expect(refused.json["error"]?["code"]?.string == "INVALID_DATA_FORMAT")
            }
            #expect(try await portal.get("/clinic/notes").status == 200)
        }
    }

    @Test func `may be taken piece by piece, to an open tenant and to one that is closed`() async throws {
        try await withPortal { portal async throws in
            for _ in 0..<2 {
                let bytes = [UInt8](repeating: 7, count: 3 << 20)
                let answer = try await portal.client.send(
                    "POST", "/bare/blobs", host: "desk.localhost", ["content-type: application/octet-stream"], bytes)
                #expect(answer.status == 201)
                #expect(answer.json["count"] == .integer(3 << 20))
            }
        }
    }

    @Test func `goes to handlers that wait, too`() async throws {
        try await withPortal { portal async throws in
            let answer = try await portal.post("/clinic/later", #"{"text":"a"}"#)
            #expect(answer.status == 200)
            #expect(answer.json == ["id": "1", "text": "a"])
        }
    }

    @Test func `is no excuse for an address that cannot be read`() async throws {
        try await withPortal { portal async throws in
            // The tenant is open by then, so that its own dialect answers.
            #expect(try await portal.get("/clinic/notes/1").status != 400)
            for path in [
                "/clinic/notes/%ZZ", "/clinic/notes/%00", "/clinic/notes/a%2Fb", "/clinic/notes/..",
                "/clinic/notes/%2e%2e", "/clinic/notes/%FF", "/clinic/notes/1?x=%FF",
            ] {
                let refused = try await portal.get(path)
                #expect(refused.status == 400)
                #expect(refused.json["error"]?["code"]?.string == "INVALID_DATA_FORMAT")
            }
            #expect(try await portal.get("/clinic/notes/1?colour=red").text.contains("UNKNOWN_FIELD"))
        }
    }
}

@Suite struct `An Idempotency-Key` {
    private static let key = "idempotency-key: k-1"

    @Test func `gives the same answer again, and does the work once`() async throws {
        try await withPortal { portal async throws in
            let first = try await portal.post("/envelope/notes", #"{"text":"a"}"#, [Self.key])
            let second = try await portal.post("/envelope/notes", #"{"text":"a"}"#, [Self.key])
            #expect(first.status == 201 && second.status == 201)
            #expect(first.body == second.body)
            #expect(first.field("x-request-id") != second.field("x-request-id"))
            #expect(try await portal.get("/envelope/notes").json["pagination"]?["total"] == 1)
            #expect(try await portal.post("/clinic/notes", #"{"text":"a"}"#, [Self.key]).status == 201)
            #expect(try await portal.get("/clinic/notes").json["pagination"]?["total"] == 1)
        }
    }

    @Test func `with another body is refused`() async throws {
        try await withPortal { portal async throws in
            _ = try await portal.post("/envelope/notes", #"{"text":"a"}"#, [Self.key])
            #expect(try await portal.post("/envelope/notes", #"{"text":"b"}"#, [Self.key]).status == 422)
            portal.clock.advance(by: .seconds(24 * 3600))
            #expect(try await portal.post("/envelope/notes", #"{"text":"b"}"#, [Self.key]).status == 201)
        }
    }

    @Test func `lets parallel requests do the work once`() async throws {
        try await withPortal { portal async throws in
            let client = portal.client
            let fields = [Self.key, "content-type: application/json"]
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<24 {
                    group.addTask {
                        try await client.send(
                            "POST", "/clinic/notes", host: "desk.localhost", fields, Array(#"{"text":"a"}"#.utf8)
                        ).status
                    }
                }
                return try await group.reduce(into: [Int]()) { $0.append($1) }
            }
            #expect(statuses.contains(201))
            #expect(statuses.allSatisfy { $0 == 201 || $0 == 409 })
            #expect(try await portal.get("/clinic/notes").json["pagination"]?["total"] == 1)
        }
    }

    @Test func `whose first request still runs is told to wait`() async throws {
        try await withPortal { portal async throws in
            let running = IdempotencyKey(caller: "desk address 127.0.0.1", route: "POST /clinic/notes", text: "k-1")
            #expect(portal.pipeline.running.begin(running))
            let refused = try await portal.post("/clinic/notes", #"{"text":"a"}"#, [Self.key])
            #expect(refused.status == 409)
            #expect(refused.json["error"]?["code"]?.string == "RESOURCE_CONFLICT")
            #expect(refused.field("retry-after") == "1")
            portal.pipeline.running.end(running)
            #expect(try await portal.post("/clinic/notes", #"{"text":"a"}"#, [Self.key]).status == 201)
        }
    }

    @Test func `of a request that failed may be used again`() async throws {
        try await withPortal { portal async throws in
            #expect(try await portal.post("/clinic/notes", #"{"text":"full"}"#, [Self.key]).status == 409)
            #expect(try await portal.post("/clinic/notes", #"{"text":"a"}"#, [Self.key]).status == 201)
        }
    }

    @Test func `keeps answers that are not JSON`() async throws {
        try await withPortal { portal async throws in
            let first = try await portal.send("POST", "/clinic/receipts", [Self.key])
            let second = try await portal.send("POST", "/clinic/receipts", [Self.key])
            #expect(first.status == 201)
            #expect(first.text.hasPrefix("rcp_"))
            #expect(first.body == second.body)
            #expect(second.field("content-disposition") == "attachment; filename=\"receipt.txt\"")
        }
    }

    @Test func `must be printable and short`() async throws {
        try await withPortal { portal async throws in
            for key in ["a b", "ä", String(repeating: "a", count: 256)] {
                let refused = try await portal.post("/clinic/notes", #"{"text":"a"}"#, ["idempotency-key: \(key)"])
                #expect(refused.status == 400)
                #expect(try await portal.get("/clinic/notes").json["pagination"]?["total"] == 0)
            }
        }
    }
}

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
