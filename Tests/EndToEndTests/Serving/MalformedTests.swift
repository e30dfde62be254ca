import Testing

@Suite struct `What no client should send` {
    private let path = "/api/customer/appointments"

    private func post(_ body: String) async throws -> HTTPAnswer {
        let demo = try await SharedDemo.process()
        let person = try await demo.signIn()
        return try await demo.send(.post(path, body).by(person))
    }

    private func expectAlive() async throws {
        let demo = try await SharedDemo.process()
        #expect(try await demo.send(.get("/health")).status == 200)
        #expect(demo.isRunning)
    }

    @Test(arguments: [
        "", "{", "not json", "{\"serviceId\":}", "{'serviceId':1}", "{\"a\":1,}", "[1", "\"\\ud800\"", "{} {}",
        "{\"a\":1e999999}", "\u{FEFF}nonsense",
    ])
    func `wrong JSON is refused`(body: String) async throws {
        let answer = try await post(body)
        #expect(answer.status == 400)
        let error = answer.json["error"]
        #expect(error["code"] == "INVALID_DATA_FORMAT" || error["code"] == "VALIDATION_ERROR")
        #expect(error["message"].string?.isEmpty == false)
        #expect(error["requestId"].string == answer.field("X-Request-Id"))
        try await expectAlive()
    }

    @Test func `bytes that are not UTF-8 are refused`() async throws {
        let demo = try await SharedDemo.process()
        let person = try await demo.signIn()
        var request = HTTPRequest.post(path, "").by(person)
        request.body = Array(#"{"serviceId":""#.utf8) + [0xff, 0xc0] + Array(#""}"#.utf8)
        let answer = try await demo.send(request)
        #expect(answer.status == 400)
        #expect(answer.json["error"]["code"] == "INVALID_DATA_FORMAT")
    }

    @Test func `wrong types and values are refused, all of them at once`() async throws {
        let answer = try await post(#"{"serviceId":7,"branchId":"brn_newyork","start":"tomorrow","notes":[]}"#)
        #expect(answer.status == 400)
        #expect(answer.json["error"]["code"] == "VALIDATION_ERROR")
        let details = answer.json["error"]["details"].elements
        let codes = Dictionary(details.map { ($0["field"], $0["code"]) }) { first, _ in first }
        #expect(codes == ["serviceId": "INVALID_TYPE", "start": "INVALID_START", "notes": "INVALID_TYPE"])
    }

    @Test func `unknown fields are refused by name`() async throws {
        let answer = try await post(
            #"{"serviceId":"svc_consultation","branchId":"brn_newyork","start":"2030-01-01T10:00:00Z","colour":"red"}"#)
        #expect(answer.status == 400)
        let details = answer.json["error"]["details"].elements
        #expect(details.contains { $0["field"] == "colour" && $0["code"] == "UNKNOWN_FIELD" })
        let query = try await SharedDemo.process().send(.get("/api/customer/services?colour=red"))
        #expect(query.status == 400)
    }

    @Test(arguments: ["[", "{\"a\":", "[{\"a\":"]) func `a mebibyte of brackets is refused`(opening: String)
        async throws
    {
        let body = String(repeating: opening, count: (1 << 20) / opening.utf8.count)
        let answer = try await post(body)
        #expect(answer.status == 400)
        #expect(answer.json["error"]["code"] == "INVALID_DATA_FORMAT")
        try await expectAlive()
    }

    @Test func `more than a mebibyte of JSON is too large`() async throws {
        let answer = try await post("[" + String(repeating: " ", count: 1 << 20) + "]")
        #expect(answer.status == 413)
        try await expectAlive()
    }

    @Test func `a body of another type is refused`() async throws {
        let demo = try await SharedDemo.process()
        let person = try await demo.signIn()
        var request = HTTPRequest(method: "POST", path: path, body: Array("a=1".utf8)).by(person)
        request.fields.append(("Content-Type", "application/x-www-form-urlencoded"))
        let answer = try await demo.send(request)
        #expect(answer.status == 415)
        #expect(answer.json["error"]["code"] == "UNSUPPORTED_MEDIA_TYPE")
    }

    @Test(arguments: [
        "GET /health HTTP/1.1\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost : lumen.localhost\r\n\r\n",
        "GET\r\n\r\n",
        "POST /health HTTP/1.1\r\nHost: lumen.localhost\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
        "POST /health HTTP/1.1\r\nHost: lumen.localhost\r\nContent-Length: -1\r\n\r\n",
        "\u{0}\u{1}\u{2}\r\n\r\n",
    ])
    func `requests that are not HTTP are refused, a missing Host among them`(text: String) async throws {
        let demo = try await SharedDemo.process()
        let connection = try demo.connect()
        try await connection.write(Array(text.utf8))
        let answer = try await connection.answer()
        #expect(answer.status == 400)
        #expect(answer.field("Content-Type")?.hasPrefix("application/") == true)
        #expect(try await connection.isClosedByServer())
        try await expectAlive()
    }

    @Test func `a header without end is refused`() async throws {
        let demo = try await SharedDemo.process()
        let connection = try demo.connect()
        try await connection.write(Array("GET /health HTTP/1.1\r\nHost: lumen.localhost\r\nX: ".utf8))
        try await connection.write([UInt8](repeating: 0x61, count: 1 << 20))
        let answer = try await connection.answer()
        #expect(answer.status == 431)
        try await expectAlive()
    }

    @Test func `a tenant that does not exist is told apart from nothing else`() async throws {
        let demo = try await SharedDemo.process()
        let first = try await demo.send(.get("/api/customer/profile"), to: "nowhere")
        let second = try await demo.send(.get("/"), to: "nowhere-either")
        #expect(first.status == 404)
        #expect(first.field("Content-Type") == "application/problem+json")
        #expect(first.json["code"] == "TENANT_NOT_FOUND")
        #expect(first.body == second.body)
        #expect(first.field("X-Request-Id") != second.field("X-Request-Id"))
    }

    @Test func `a path that does not exist is refused in the tenant's own dialect`() async throws {
        let demo = try await SharedDemo.process()
        let clinic = try await demo.send(.get("/nothing/here"), to: "lumen")
        #expect(clinic.status == 404)
        #expect(clinic.json["error"]["code"] == "RESOURCE_NOT_FOUND")
        let envelope = try await demo.send(.get("/nothing/here"), to: "meridian")
        #expect(envelope.status == 404)
        #expect(envelope.json["success"] == .bool(false))
        let bare = try await demo.send(.get("/nothing/here"), to: "harbor")
        #expect(bare.json["error"]["code"] == "resource_not_found")
        let problem = try await demo.send(.get("/nothing/here", ("Accept", "application/problem+json")), to: "lumen")
        #expect(problem.field("Content-Type") == "application/problem+json")
        #expect(problem.json["code"] == "RESOURCE_NOT_FOUND")
        #expect(problem.json["status"] == 404)
    }

    @Test func `a tampered token is refused`() async throws {
        let demo = try await SharedDemo.process()
        let person = try await demo.signIn()
        let parts = person.accessToken.split(separator: ".")
        try #require(parts.count == 3)
        let none = "eyJhbGciOiJub25lIn0"
        for token in [
            "\(none).\(parts[1]).", "\(none).\(parts[1]).\(parts[2])", "\(parts[0]).\(parts[1]).", "x", "..",
            "\(parts[0]).\(parts[1]).\(parts[2].reversed().map(String.init).joined())",
        ] {
            let request = HTTPRequest.get("/api/customer/profile", ("Authorization", "Bearer \(token)"))
            #expect(try await demo.send(request).status == 401)
        }
        #expect(try await demo.send(.get("/api/customer/profile")).status == 401)
    }
}
