import Testing

@Suite struct `What every portal answers` {
    @Test func `health and readiness, on any host`() async throws {
        let demo = try await SharedDemo.process()
        for path in ["/health", "/ready"] {
            let answer = try await demo.send(.get(path), to: "anything")
            #expect(answer.status == 200)
            #expect(answer.text == #"{"status":"ok"}"#)
        }
    }

    @Test func `the word of a listed proxy, and of nobody else`() async throws {
        let trusting = try await PorticoProcess.start(["--trusted-proxy", "10.0.0.0/8", "--trusted-proxy", "127.0.0.1"])
        let page = HTTPRequest.get("/openapi.json", ("X-Forwarded-Host", "nobody.example"))
        // The host that the proxy was asked for is no tenant; the one in Host is.
        #expect(try await trusting.send(page).status == 404)
        let demo = try await SharedDemo.process()
        #expect(try await demo.send(page).status == 200)
    }

    @Test func `an entity tag, and 304 to who has it`() async throws {
        let demo = try await SharedDemo.process()
        let person = try await demo.signIn("+15550100003")
        let request = HTTPRequest.get("/api/customer/profile").by(person)
        let first = try await demo.send(request)
        #expect(first.status == 200)
        let tag = try #require(first.field("ETag"))
        let connection = try demo.connect()
        let unchanged = try await connection.send(request.with("If-None-Match", tag))
        #expect(unchanged.status == 304)
        #expect(unchanged.body.isEmpty)
        #expect(unchanged.field("ETag") == tag)
        let put = HTTPRequest(method: "PUT", path: "/api/customer/profile", json: #"{"preferredName":"Coco"}"#)
        _ = try await connection.send(put.by(person)).json(if: 200)
        let changed = try await connection.send(request.with("If-None-Match", tag))
        #expect(changed.status == 200)
        #expect(changed.field("ETag") != tag)
        #expect(changed.json["preferredName"] == "Coco")
    }

    @Test func `HEAD as GET without the body`() async throws {
        let demo = try await SharedDemo.process()
        let connection = try demo.connect()
        let head = try await connection.send(HTTPRequest(method: "HEAD", path: "/api/customer/branches"))
        let get = try await connection.send(.get("/api/customer/branches"))
        #expect(head.status == 200)
        #expect(head.body.isEmpty)
        #expect(head.field("ETag") == get.field("ETag"))
        #expect(head.field("Content-Length") == get.field("Content-Length"))
    }

    @Test func `405 with the methods that there are`() async throws {
        let demo = try await SharedDemo.process()
        let answer = try await demo.send(HTTPRequest(method: "DELETE", path: "/api/customer/profile"))
        #expect(answer.status == 405)
        #expect(answer.json["error"]["code"] == "METHOD_NOT_ALLOWED")
        let allowed = Set(try #require(answer.field("Allow")).split(separator: ",").map { $0.filter { $0 != " " } })
        #expect(allowed == ["GET", "HEAD", "PUT", "OPTIONS"])
    }

    @Test func `preflights of listed origins, before anybody signs in`() async throws {
        let demo = try await SharedDemo.process()
        var request = HTTPRequest(method: "OPTIONS", path: "/api/customer/appointments")
        request.fields = [
            ("Origin", "http://localhost:3000"), ("Access-Control-Request-Method", "POST"),
            ("Access-Control-Request-Headers", "authorization, content-type"),
        ]
        let answer = try await demo.send(request)
        #expect([200, 204].contains(answer.status))
        #expect(answer.field("Access-Control-Allow-Origin") == "http://localhost:3000")
        #expect(answer.field("Access-Control-Allow-Methods")?.contains("POST") == true)
        #expect(answer.field("Access-Control-Allow-Headers")?.lowercased().contains("authorization") == true)
        #expect(answer.field("Vary")?.contains("Origin") == true)

        request.fields[0].value = "http://evil.example"
        let refused = try await demo.send(request)
        #expect(refused.field("Access-Control-Allow-Origin") == nil)
        #expect(refused.field("Vary")?.contains("Origin") == true)
    }

    @Test func `listed origins may read answers, refusals too`() async throws {
        let demo = try await SharedDemo.process()
        for path in ["/api/customer/branches", "/api/customer/profile"] {
            let answer = try await demo.send(.get(path, ("Origin", "http://localhost:5173")))
            #expect(answer.field("Access-Control-Allow-Origin") == "http://localhost:5173")
            #expect(answer.field("Access-Control-Expose-Headers")?.contains("X-Request-Id") == true)
        }
    }

    @Test func `the request's own id where it is a good one`() async throws {
        let demo = try await SharedDemo.process()
        let kept = try await demo.send(.get("/api/customer/branches", ("X-Request-Id", "order-66.a_b")))
        #expect(kept.field("X-Request-Id") == "order-66.a_b")
        let replaced = try await demo.send(.get("/api/customer/branches", ("X-Request-Id", "a b<script>")))
        let id = try #require(replaced.field("X-Request-Id"))
        #expect(!id.isEmpty)
        #expect(!id.contains("<"))
    }

    @Test func `rate limits in its fields`() async throws {
        let demo = try await SharedDemo.process()
        let person = try await demo.signIn("+15550100002")
        let answer = try await demo.send(.get("/api/customer/profile").by(person))
        let limit = try #require(Int(answer.field("X-RateLimit-Limit") ?? ""))
        let remaining = try #require(Int(answer.field("X-RateLimit-Remaining") ?? ""))
        #expect((0..<limit).contains(remaining))
        #expect(Int(answer.field("X-RateLimit-Reset") ?? "") != nil)
        #expect(try await demo.send(.get("/health")).field("X-RateLimit-Limit") == nil)
    }

    @Test func `an OpenAPI document of what the tenant has, and a page of it`() async throws {
        let demo = try await SharedDemo.process()
        let lumen = try await demo.send(.get("/openapi.json")).json(if: 200)
        #expect(lumen["openapi"].string?.hasPrefix("3.1") == true)
        #expect(lumen["paths"].members["/api/customer/appointments"]?.members["post"] != nil)
        #expect(lumen["paths"].members["/customer/auth/verify"]?.members["post"] != nil)
        let summit = try await demo.send(.get("/openapi.json"), to: "summit").json(if: 200)
        #expect(summit["paths"].members["/api/customer/appointments"] == nil)
        let page = try await demo.send(.get("/docs", ("Accept", "text/html")))
        #expect(page.status == 200)
        #expect(page.field("Content-Type")?.hasPrefix("text/html") == true)
        #expect(page.text.contains("/api/customer/appointments"))
    }

    @Test func `the public keys of its tokens, each tenant its own`() async throws {
        let demo = try await SharedDemo.process()
        _ = try await demo.signIn("+15550100001", at: "lumen")
        _ = try await demo.signIn("+15550100001", at: "northgate")
        let lumen = try await demo.send(.get("/.well-known/jwks.json")).json(if: 200)["keys"].elements
        let northgate = try await demo.send(.get("/.well-known/jwks.json"), to: "northgate").json(if: 200)["keys"]
            .elements
        #expect(!lumen.isEmpty)
        #expect(Set(lumen.map { $0["kid"] }).isDisjoint(with: northgate.map { $0["kid"] }))
        #expect(lumen.allSatisfy { $0["kty"] == "RSA" && $0["d"] == .null })
    }

    @Test func `requests one behind the other on one connection, in order`() async throws {
        let demo = try await SharedDemo.process()
        let connection = try demo.connect()
        let requests = (0..<20).map { HTTPRequest.get("/health", ("X-Request-Id", "pipelined-\($0)")) }
        try await connection.write(requests.flatMap { $0.head(host: connection.host) })
        for index in 0..<20 {
            let answer = try await connection.answer()
            #expect(answer.status == 200)
            #expect(answer.field("X-Request-Id") == "pipelined-\(index)")
        }
    }

    @Test func `bodies in chunks`() async throws {
        let demo = try await SharedDemo.process()
        let person = try await demo.signIn("+15550100004")
        let connection = try demo.connect()
        let head = """
            PUT /api/customer/profile HTTP/1.1\r
            Host: \(connection.host)\r
            Authorization: Bearer \(person.accessToken)\r
            Content-Type: application/json\r
            Transfer-Encoding: chunked\r
            \r

            """
        try await connection.write(Array(head.utf8))
        for piece in [#"{"preferred"#, #"Name":"#, #""Dee"}"#] {
            try await connection.write(Array("\(String(piece.utf8.count, radix: 16))\r\n\(piece)\r\n".utf8))
        }
        try await connection.write(Array("0\r\n\r\n".utf8))
        let answer = try await connection.answer(to: "PUT").json(if: 200)
        #expect(answer["preferredName"] == "Dee")
    }
}
