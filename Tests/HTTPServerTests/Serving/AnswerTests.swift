import Testing

@testable import HTTPServer

@Suite struct `An answer` {
    private static let routes: @Sendable (Request) -> Reception = { request in
        switch request.string(request.path) {
        case "/none": .answer(Response(status: 200))
        case "/204": .answer(Response.text("ignored", status: 204))
        case "/304": .answer(Response.text("ignored", status: 304))
        case "/later": .later { _ in .text("later") }
        case "/yield":
            .later { _ in
                await Task.yield()
                return .text("yielded")
            }
        case "/close":
            .answer(
                {
                    var response = Response.text("bye")
                    response.closesConnection = true
                    return response
                }())
        case "/wrong": .answer(Response.text("x", status: 99))
        case "/large": .answer(Response(status: 200, body: .bytes([UInt8](repeating: 120, count: 3_000_000))))
        case "/who":
            .answer(
                .text(
                    "\(request.remoteAddress.host) \(request.localPort) \(request.listener) \(request.loop.isCurrent)"))
        case "/fields":
            .answer(
                .text(
                    "\(request.header("x-a").map(request.string) ?? "-") \(request.hasRepeated("x-a")) "
                        + request.headers("x-a").map(request.string).joined(separator: "+")))
        case "/echo": .body(limit: 10) { _, body in .now(Response(status: 200, body: .bytes(body))) }
        case "/echo-later":
            .body(limit: 1 << 24) { _, body in
                .later {
                    await Task.yield()
                    return Response(status: 200, body: .bytes(body))
                }
            }
        default: .answer(.text("hello"))
        }
    }

    private func served(_ body: @escaping @Sendable (Server, UInt16) throws -> Void) async throws {
        try await withServer({ _ in }, Self.routes, body)
    }

    private static func get(_ path: String, _ fields: String = "", method: String = "GET", version: String = "1.1")
        -> String
    {
        "\(method) \(path) HTTP/\(version)\r\nHost: a\r\n\(fields)\r\n"
    }

    @Test func `carries date, length and content`() async throws {
        try await served { _, port in
            let client = try RawClient(port)
            try client.send(Self.get("/"))
            let answer = try client.readAnswer()
            #expect(answer.status == 200)
            #expect(answer.text == "hello")
            #expect(answer.head.hasPrefix("HTTP/1.1 200 OK\r\n"))
            #expect(answer.header("date")?.count == 29)
            #expect(answer.header("content-length") == "5")
            #expect(answer.header("connection") == nil)
        }
    }

    @Test func `leaves the connection open for the next, and closes when asked`() async throws {
        try await served { server, port in
            let client = try RawClient(port)
            for path in ["/", "/later", "/yield", "/none", "/"] {
                try client.send(Self.get(path))
                #expect(try client.readAnswer().status == 200)
            }
            try client.send(Self.get("/", "Connection: close\r\n"))
            #expect(try client.readAnswer().header("connection") == "close")
            #expect(client.readToEnd().isEmpty && client.isAtEnd)
            #expect(server.metrics.requests == 6)
        }
    }

    @Test func `closes when the responder says so`() async throws {
        try await served { _, port in
            let client = try RawClient(port)
            try client.send(Self.get("/close") + Self.get("/"))
            #expect(try client.readAnswer().header("connection") == "close")
            #expect(client.readToEnd().isEmpty)
        }
    }

    @Test func `to HEAD has the fields of GET and no content`() async throws {
        try await served { _, port in
            let client = try RawClient(port)
            try client.send(Self.get("/", method: "HEAD") + Self.get("/large", method: "HEAD") + Self.get("/"))
            #expect(try client.readAnswer(toHead: true).header("content-length") == "5")
            #expect(try client.readAnswer(toHead: true).header("content-length") == "3000000")
            #expect(try client.readAnswer().text == "hello")
        }
    }

    @Test func `with 204 or 304 has no content and no length`() async throws {
        try await served { _, port in
            let client = try RawClient(port)
            try client.send(Self.get("/204") + Self.get("/304") + Self.get("/none"))
            for status in [204, 304] {
                let answer = try client.readAnswer()
                #expect(answer.status == status)
                #expect(answer.header("content-length") == nil)
                #expect(answer.header("transfer-encoding") == nil)
            }
            #expect(try client.readAnswer().header("content-length") == "0")
        }
    }

    @Test func `to HTTP 1.0 closes, unless keep-alive is asked for`() async throws {
        try await served { _, port in
            let client = try RawClient(port)
            try client.send(Self.get("/", "Connection: keep-alive\r\n", version: "1.0"))
            #expect(try client.readAnswer().header("connection") == "keep-alive")
            try client.send(Self.get("/", version: "1.0"))
            #expect(try client.readAnswer().header("connection") == "close")
            #expect(client.readToEnd().isEmpty)
        }
    }

    @Test func `with a status that is none becomes 500`() async throws {
        try await served { _, port in
            let client = try RawClient(port)
            try client.send(Self.get("/wrong") + Self.get("/"))
            #expect(try client.readAnswer().status == 500)
            #expect(try client.readAnswer().text == "hello")
        }
    }

    @Test func `larger than any buffer arrives whole`() async throws {
        try await served { _, port in
            let client = try RawClient(port)
            try client.send(Self.get("/large") + Self.get("/"))
            #expect(try client.readAnswer().body == [UInt8](repeating: 120, count: 3_000_000))
            #expect(try client.readAnswer().text == "hello")
        }
    }

    @Test func `can be about the connection and the fields`() async throws {
        try await served { _, port in
            let client = try RawClient(port)
            try client.send(
                Self.get("/who") + Self.get("/fields", "X-A: 1\r\nx-b: 2\r\nx-a:  3\r\n")
                    + Self.get("/fields", "x-ab: 1\r\n"))
            #expect(try client.readAnswer().text == "127.0.0.1 \(port) 0 true")
            #expect(try client.readAnswer().text == "1 true 1+3")
            #expect(try client.readAnswer().text == "- false ")
        }
    }

    @Test func `comes after the whole body`() async throws {
        try await served { _, port in
            let client = try RawClient(port)
            try client.send(Self.get("/echo", "Content-Length: 4\r\n", method: "POST") + "ab")
            try client.send(
                "cd" + Self.get("/echo", "Transfer-Encoding: chunked\r\n", method: "POST") + "1\r\ne\r\n2\r")
            try client.send("\nfg\r\n0\r\n\r\n" + Self.get("/echo", method: "POST"))
            #expect(try client.readAnswer().text == "abcd")
            #expect(try client.readAnswer().text == "efg")
            #expect(try client.readAnswer().text == "")
            let body = (0..<2_000_000).map { UInt8(truncatingIfNeeded: $0 / 3) }
            try client.send(
                Array(Self.get("/echo-later", "Content-Length: \(body.count)\r\n", method: "POST").utf8) + body)
            #expect(try client.readAnswer().body == body)
        }
    }

    @Test func `is 413 for a body over its limit, and the connection lives on when little is left of it`() async throws
    {
        try await served { _, port in
            let client = try RawClient(port)
            try client.send(Self.get("/echo", "Content-Length: 11\r\n", method: "POST") + "12345678901" + Self.get("/"))
            let answer = try client.readAnswer()
            #expect(answer.status == 413)
            #expect(answer.text == "contentTooLarge!")
            #expect(try client.readAnswer().text == "hello")
            try client.send(Self.get("/echo", "Content-Length: 10000000\r\n", method: "POST"))
            #expect(try client.readAnswer().header("connection") == "close")
            client.finishSending()
            #expect(client.readToEnd().isEmpty)
        }
    }

    @Test func `is 413 for chunks over the limit`() async throws {
        try await served { _, port in
            let client = try RawClient(port)
            try client.send(
                Self.get("/echo", "Transfer-Encoding: chunked\r\n", method: "POST")
                    + "a\r\n1234567890\r\n1\r\na\r\n0\r\n\r\n" + Self.get("/"))
            #expect(try client.readAnswer().status == 413)
            #expect(try client.readAnswer().text == "hello")
        }
    }

    @Test func `drops a small unwanted body and goes on, and closes after a large one`() async throws {
        try await served { _, port in
            let client = try RawClient(port)
            for path in ["/", "/later", "/yield"] {
                try client.send(Self.get(path, "Content-Length: 5\r\n", method: "POST") + "abcde")
                #expect(try client.readAnswer().status == 200)
                try client.send(
                    Self.get(path, "Transfer-Encoding: chunked\r\n", method: "POST") + "1\r\na\r\n0\r\n\r\n")
                #expect(try client.readAnswer().status == 200)
            }
            try client.send(Self.get("/", "Content-Length: 1000000\r\n", method: "POST"))
            #expect(try client.readAnswer().header("connection") == "close")
            client.finishSending()
            #expect(client.readToEnd().isEmpty)
        }
    }

    @Test func `is preceded by 100 only where the body is wanted`() async throws {
        try await served { _, port in
            let expect = "Expect: 100-continue\r\nContent-Length: 2\r\n"
            let client = try RawClient(port)
            try client.send(Self.get("/echo", expect, method: "POST"))
            #expect(try client.readAnswer().status == 100)
            try client.send("hi")
            #expect(try client.readAnswer().text == "hi")
            // The body came along: no need to ask for it.
            try client.send(Self.get("/echo", expect, method: "POST") + "ho")
            #expect(try client.readAnswer().text == "ho")
            // Not wanted: the final answer at once, and the end, because the body may come or not.
            try client.send(Self.get("/", expect, method: "POST"))
            let answer = try client.readAnswer()
            #expect(answer.status == 200)
            #expect(answer.header("connection") == "close")
            client.finishSending()
            #expect(client.readToEnd().isEmpty)
        }
    }

    @Test func `is 417 for what cannot be expected, and the connection lives on`() async throws {
        try await served { _, port in
            let client = try RawClient(port)
            try client.send(Self.get("/", "Expect: cake\r\n") + Self.get("/"))
            let answer = try client.readAnswer()
            #expect(answer.status == 417)
            #expect(answer.text == "expectationFailed!")
            #expect(try client.readAnswer().text == "hello")
        }
    }

    @Test func `to a client that has closed its half still comes`() async throws {
        try await served { _, port in
            for path in ["/", "/yield"] {
                let client = try RawClient(port)
                try client.send(Self.get(path))
                client.finishSending()
                #expect(try client.readAnswer().status == 200)
                #expect(client.readToEnd().isEmpty)
            }
        }
    }
}
