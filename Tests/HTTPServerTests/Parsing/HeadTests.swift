import Testing

@testable import HTTPServer

@Suite struct `A parsed head` {
    private func head(_ text: String, limits: RequestLimits = RequestLimits()) throws -> RequestHead {
        let trace = Trace.of([Array(text.utf8)[...]], limits: limits)
        if let fault = trace.fault { throw fault }
        return try #require(trace.heads.first)
    }

    private func text(_ head: RequestHead, _ range: Range<Int>?) -> String? {
        range.map { String(decoding: head.bytes[$0], as: UTF8.self) }
    }

    @Test func `knows its parts`() throws {
        let head = try head("PATCH /a%20b?x=1?y HTTP/1.1\r\nHOST:  Example.COM:8080 \r\nX-One: two  words\t\r\n\r\n")
        #expect(head.method == .patch)
        #expect(text(head, head.methodRange) == "PATCH")
        #expect(text(head, head.path) == "/a%20b")
        #expect(text(head, head.query) == "x=1?y")
        #expect(text(head, head.host) == "example.com")
        #expect(head.port == 8080)
        #expect(head.fields.map { text(head, $0.name) } == ["host", "x-one"])
        #expect(text(head, head.fields[1].value) == "two  words")
        #expect(!head.hasBody)
    }

    @Test(arguments: ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW", "GETS", "GE"])
    func `names its method`(_ name: String) throws {
        let expected: [String: Method] = [
            "GET": .get, "HEAD": .head, "POST": .post, "PUT": .put, "PATCH": .patch, "DELETE": .delete,
            "OPTIONS": .options, "TRACE": .trace,
        ]
        #expect(try head("\(name) / HTTP/1.1\r\nHost: a\r\n\r\n").method == expected[name] ?? .other)
    }

    @Test func `takes host and path from an absolute target`() throws {
        let head = try head("GET http://Real.Example:81/p?q HTTP/1.1\r\nHost: other:82\r\n\r\n")
        #expect(head.form == .absolute)
        #expect(text(head, head.host) == "real.example")
        #expect(head.port == 81)
        #expect(text(head, head.path) == "/p")
        #expect(text(head, head.query) == "q")
    }

    @Test func `has an empty path where an absolute target has none`() throws {
        let head = try head("OPTIONS http://b HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(head.path.isEmpty)
        #expect(head.port == nil)
    }

    @Test func `keeps the brackets of an IPv6 host`() throws {
        let head = try head("GET / HTTP/1.1\r\nHost: [2001:DB8::1]:80\r\n\r\n")
        #expect(text(head, head.host) == "[2001:db8::1]")
        #expect(head.port == 80)
    }

    @Test func `says whether the connection lives on`() throws {
        let cases = [
            ("1.1", "", true), ("1.1", "Connection: close\r\n", false), ("1.1", "Connection: x, CLOSE\r\n", false),
            ("1.1", "Connection: closed\r\n", true), ("1.1", "Connection: x\r\nConnection: close\r\n", false),
            ("1.0", "", false), ("1.0", "Connection: Keep-Alive\r\n", true),
            ("1.0", "Connection: keep-alive, close\r\n", false),
        ]
        for (version, fields, expected) in cases {
            let head = try head("GET / HTTP/\(version)\r\nHost: a\r\n\(fields)\r\n")
            #expect(head.keepAlive == expected, "\(version) \(fields)")
        }
    }

    @Test func `knows what is expected`() throws {
        let known = try head("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-Continue\r\nContent-Length: 1\r\n\r\n")
        #expect(known.expectsContinue && !known.hasUnknownExpectation)
        let unknown = try head("POST / HTTP/1.1\r\nHost: a\r\nExpect: 200-ok\r\nContent-Length: 1\r\n\r\n")
        #expect(!unknown.expectsContinue && unknown.hasUnknownExpectation)
        let old = try head("POST / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\n")
        #expect(!old.expectsContinue && !old.hasUnknownExpectation)
    }

    @Test func `may fill its limits exactly, and no more`() throws {
        var limits = RequestLimits()
        limits.headBytes = 100
        limits.targetBytes = 20
        limits.fieldCount = 2
        func request(target: Int = 1, fill: Int = 0, fields: String = "") -> String {
            "GET /\(String(repeating: "t", count: target - 1)) HTTP/1.1\r\nHost: a\r\n\(fields)"
                + (fill > 0 ? "X: \(String(repeating: "x", count: fill))\r\n" : "") + "\r\n"
        }
        let fill = 100 - request(fill: 1).utf8.count + 1
        #expect(try head(request(fill: fill), limits: limits).bytes.count == 100)
        #expect(throws: HTTPFault.fieldsTooLarge) { try head(request(fill: fill + 1), limits: limits) }
        #expect(try head(request(target: 20), limits: limits).path.count == 20)
        #expect(throws: HTTPFault.targetTooLong) { try head(request(target: 21), limits: limits) }
        #expect(throws: HTTPFault.targetTooLong) { try head(request(target: 200), limits: limits) }
        #expect(try head(request(fields: "A: b\r\n"), limits: limits).fields.count == 2)
        #expect(throws: HTTPFault.fieldsTooLarge) { try head(request(fields: "A: b\r\nC: d\r\n"), limits: limits) }
    }

    @Test func `over its limit is refused alike at every split`() {
        var limits = RequestLimits()
        limits.headBytes = 80
        for text in [
            "GET / HTTP/1.1\r\nX: \(String(repeating: "x", count: 90))\r\n\r\n",
            "GET /\(String(repeating: "x", count: 90))",
        ] {
            let bytes = Array(text.utf8)
            let whole = Trace.of([bytes[...]], limits: limits)
            #expect(whole.fault != nil)
            for split in bytes.indices {
                #expect(Trace.of([bytes[..<split], bytes[split...]], limits: limits) == whole)
            }
        }
    }
}
