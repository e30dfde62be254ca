import Crypto
import Database
import HTTPServer
import PluginAPI
import Testing
import Workers

@testable import Host

@Suite struct `A bearer token` {
    private static func token(_ value: String) -> String? {
        let bytes = Array("x\(value)y".utf8)
        return BearerToken.range(in: bytes, 1..<bytes.count - 1).map { String(decoding: bytes[$0], as: UTF8.self) }
    }

    @Test(arguments: ["Bearer abc", "bearer abc", "BEARER abc", "Bearer   abc"])
    func `is found whatever the letters of its scheme`(_ value: String) { #expect(Self.token(value) == "abc") }

    @Test(arguments: ["", "Bearer", "Bearer ", "Bearer    ", "Basic abc", "Bearerabc", "Bearer\tabc", "abc"])
    func `is not found in anything else`(_ value: String) { #expect(Self.token(value) == nil) }
}

@Suite struct `The type of a JSON body` {
    @Test(arguments: [
        "application/json", "Application/JSON", "application/json; charset=utf-8", "application/json;charset=\"UTF-8\"",
        "application/merge-patch+json", "application/json; version=1",
    ]) func `is taken`(_ type: String) throws {
        try JSONBody.checkType(request("POST /", ["content-type: \(type)", "content-length: 2"]))
    }

    @Test(arguments: [
        "text/plain", "application/jsonx", "text/json", "multipart/form-data; boundary=x", "json", "+json",
    ])
    func `is refused when it is another one`(_ type: String) throws {
        let request = try request("POST /", ["content-type: \(type)", "content-length: 2"])
        #expect { try JSONBody.checkType(request) } throws: {
            ($0 as? Problem)?.status == 415 && ($0 as? Problem)?.code == "UNSUPPORTED_MEDIA_TYPE"
        }
    }

    @Test func `is refused when it is not said`() throws {
        let request = try request("POST /", ["content-length: 2"])
        #expect { try JSONBody.checkType(request) } throws: { ($0 as? Problem)?.status == 415 }
    }

    @Test(arguments: ["latin1", "utf-16", "\"iso-8859-1\"", ""])
    func `is no data format with another charset`(_ charset: String) throws {
        let request = try request(
            "POST /", ["content-type: application/json; charset=\(charset)", "content-length: 2"])
        #expect { try JSONBody.checkType(request) } throws: { ($0 as? Problem)?.code == "INVALID_DATA_FORMAT" }
    }

    @Test func `a body that is not JSON names the place`() throws {
        #expect(try JSONBody.read([]) == nil)
        #expect(try JSONBody.read(Array("{\"a\":1}".utf8))?.root.tree == ["a": 1])
        #expect { try JSONBody.read(Array("{\n \"a\": ?}".utf8)) } throws: {
            ($0 as? Problem)?.code == "INVALID_DATA_FORMAT" && ($0 as? Problem)?.message.contains("line 2") == true
        }
    }
}

@Suite struct `Content-Disposition` {
    @Test(arguments: [
        (nil, "inline"), ("a-b_1.pdf", "attachment; filename=\"a-b_1.pdf\""),
        ("März.pdf", "attachment; filename=\"M_rz.pdf\"; filename*=UTF-8''M%C3%A4rz.pdf"),
        ("a\"b\r\nx: y", "attachment; filename=\"a_b_x_ y\"; filename*=UTF-8''a%22b%0D%0Ax%3A%20y"),
    ]) func `names the file in ASCII and, where that loses something, in full`(_ name: String?, _ value: String) {
        #expect(ContentDisposition.value(fileName: name) == value)
    }
}

@Suite struct `A known error` {
    private enum Full: Refusal {
        case full
        var problem: Problem { .conflict("FULL", "No room.") }
    }
    private struct Unknown: Error {}

    @Test func `is what the client is told`() {
        #expect(Problem(known: Problem.notFound) == .notFound)
        #expect(Problem(known: Full.full)?.code == "FULL")
        #expect(Problem(known: Refused(.forbidden)) == .forbidden)
        #expect(Problem(known: Invalid([Mistake(field: "a", .type, "x")]))?.code == "VALIDATION_ERROR")
        #expect(Problem(known: StoreError(.refused("TIME_SLOT_CONFLICT"), ""))?.code == "TIME_SLOT_CONFLICT")
        #expect(Problem(known: CancellationError()) == .unavailable)
        for kind in [StoreError.Kind.overloaded, .busy, .interrupted, .full, .closed] {
            #expect(Problem(known: StoreError(kind, "secret"))?.status == 503)
        }
    }

    @Test func `everything else is a fault`() {
        #expect(Problem(known: Unknown()) == nil)
        for kind in [
            StoreError.Kind.unique("a"), .constraint("a"), .denied, .overBudget, .inputOutput, .mismatch, .seal,
        ] {
            #expect(Problem(known: StoreError(kind, "")) == nil)
        }
    }
}

@Suite struct `Cross-origin requests` {
    private static let rules = CrossOrigin(origins: ["https://app.example", "http://localhost:3000"])

    private static func fields(_ origin: String?) throws -> HeaderFields {
        let request = try request("GET /", origin.map { ["origin: \($0)"] } ?? [])
        var headers = HeaderFields()
        rules.add(to: &headers, for: rules.origin(of: request))
        return headers
    }

    @Test func `of a listed origin may read the answer, with credentials`() throws {
        let headers = try Self.fields("https://app.example")
        #expect(headers.values("access-control-allow-origin") == ["https://app.example"])
        #expect(headers.values("access-control-allow-credentials") == ["true"])
        let exposed = headers.values("access-control-expose-headers").joined()
        for name in ["X-Request-Id", "Retry-After", "ETag", "Link", "Location", "X-RateLimit-Remaining"] {
            #expect(exposed.contains(name))
        }
        #expect(headers.values("vary") == ["Origin"])
    }

    @Test(arguments: [nil, "https://evil.example", "null", "https://app.example.evil", "HTTPS://APP.EXAMPLE"])
    func `of any other are told nothing but that it varies`(_ origin: String?) throws {
        let headers = try Self.fields(origin)
        #expect(headers.values("access-control-allow-origin").isEmpty)
        #expect(headers.values("access-control-allow-credentials").isEmpty)
        #expect(headers.values("vary") == ["Origin"])
    }

    @Test func `are answered before they are made`() throws {
        let listed = Self.rules.preflight(
            try request("OPTIONS /", ["origin: https://app.example"]), methods: "GET, OPTIONS")
        #expect(listed.values("access-control-allow-methods") == ["GET, OPTIONS"])
        #expect(listed.values("access-control-allow-headers").joined().contains("Idempotency-Key"))
        let other = Self.rules.preflight(try request("OPTIONS /", ["origin: https://b.example"]), methods: "GET")
        #expect(other.values("access-control-allow-methods").isEmpty)
    }
}
