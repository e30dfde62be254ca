import Testing
import WebSocketClient

@testable import HTTPServer

@Suite struct `The WebSocket handshake` {
    private func served(_ subprotocol: String? = nil, _ body: @escaping @Sendable (UInt16) throws -> Void) async throws
    {
        try await withServer({ _ in }, Echo.route(subprotocol: subprotocol)) { _, port in try body(port) }
    }

    /// The usual handshake with one field replaced, taken away or added.
    private static func request(
        _ name: String = "", _ value: String? = nil, line: String = "GET / HTTP/1.1", adding: [String] = []
    ) -> String {
        var lines = WebSocketClient.handshake().components(separatedBy: "\r\n")
        lines[0] = line
        lines = lines.compactMap { line in
            guard !name.isEmpty, line.hasPrefix(name + ":") else { return line.isEmpty ? nil : line }
            return value.map { "\(name): \($0)" }
        }
        return (lines + adding).joined(separator: "\r\n") + "\r\n\r\n"
    }

    @Test func `is answered as the RFC's example`() async throws {
        try await served { port in
            let client = try WebSocketClient(port: port)
            #expect(client.head.hasPrefix("HTTP/1.1 101 Switching Protocols\r\n"))
            #expect(client.header("upgrade") == "websocket")
            #expect(client.header("connection") == "Upgrade")
            #expect(client.header("sec-websocket-accept") == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
            #expect(client.header("sec-websocket-protocol") == nil)
            #expect(client.header("sec-websocket-extensions") == nil)
            #expect(client.header("content-length") == nil)
            #expect(client.header("transfer-encoding") == nil)
        }
    }

    @Test(arguments: [
        request("Upgrade", "WebSocket"), request("Upgrade", "h2c, websocket"),
        request("Connection", "keep-alive, UPGRADE"),
        request(adding: ["Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits"]),
        request(adding: ["Origin: null"]), request("Sec-WebSocket-Version", " 13 "),
        request("Connection", "close, Upgrade"),
    ]) func `takes what is well formed`(_ request: String) async throws {
        try await served { port in
            let client = try WebSocketClient(port: port, request: request)
            #expect(client.status == 101)
            try client.send(.text("hello"))
            #expect(client.receive() == .text("hello"))
        }
    }

    @Test(arguments: [
        (request("Upgrade", nil), 426, "notAnUpgrade"), (request("Upgrade", "websockets"), 426, "notAnUpgrade"),
        (request("Connection", nil), 426, "notAnUpgrade"), (request("Connection", "keep-alive"), 426, "notAnUpgrade"),
        (request(line: "GET / HTTP/1.0"), 426, "notAnUpgrade"), (request(line: "POST / HTTP/1.1"), 405, "method"),
        (request("Sec-WebSocket-Version", nil), 426, "version"),
        (request("Sec-WebSocket-Version", "8"), 426, "version"),
        (request("Sec-WebSocket-Version", "13, 8"), 426, "version"),
        (request(adding: ["Sec-WebSocket-Version: 13"]), 426, "version"),
        (request("Sec-WebSocket-Key", nil), 400, "key"), (request("Sec-WebSocket-Key", ""), 400, "key"),
        (request("Sec-WebSocket-Key", "dGhlIHNhbXBsZQ=="), 400, "key"),
        (request("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZSE="), 400, "key"),
        (request("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25j*Q=="), 400, "key"),
        (request(adding: ["Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="]), 400, "key"),
        (request(adding: ["Sec-WebSocket-Protocol: a b"]), 400, "subprotocols"),
        (request(adding: ["Sec-WebSocket-Protocol: a, b", "Sec-WebSocket-Protocol: a"]), 400, "subprotocols"),
        (request(adding: ["Origin: http://a", "Origin: http://b"]), 400, "origin"),
        (request(adding: ["Content-Length: 2"]) + "ab", 400, "body"),
        (request(adding: ["Transfer-Encoding: chunked"]) + "0\r\n\r\n", 400, "body"),
    ]) func `is refused where it is not`(_ request: String, _ status: Int, _ fault: String) async throws {
        try await served { port in
            let client = try RawClient(port)
            try client.send(request)
            let answer = try client.readAnswer()
            #expect(answer.status == status)
            #expect(answer.text == fault)
            #expect((answer.header("sec-websocket-version") == "13") == (status == 426))
            #expect((answer.header("upgrade") == "websocket") == (status == 426))
            #expect((answer.header("allow") == "GET") == (status == 405))
            if status == 426 { #expect(answer.head.contains("connection: upgrade\r\n")) }
        }
    }

    @Test func `lets the connection live on when it is refused`() async throws {
        try await served { port in
            let client = try RawClient(port)
            try client.send(Self.request("Sec-WebSocket-Version", "8") + Self.request("Sec-WebSocket-Key", "x"))
            #expect(try client.readAnswer().status == 426)
            #expect(try client.readAnswer().status == 400)
        }
    }

    @Test func `gives the application the origin and the subprotocols to choose from`() async throws {
        try await withServer(
            { _ in },
            { request in
                guard let handshake = try? WebSocketHandshake(request) else { return .answer(.text("", status: 400)) }
                guard handshake.origin == "https://a.example" else { return .answer(.text("", status: 403)) }
                let chosen = handshake.subprotocol(of: "customer-service-portal", "chat")
                return .answer(.webSocket(handshake, subprotocol: chosen, handler: Echo()))
            }
        ) { _, port in
            #expect(try WebSocketClient(port: port, fields: ["Origin: https://b.example"]).status == 403)
            let client = try WebSocketClient(
                port: port,
                fields: [
                    "Origin: https://a.example", "Sec-WebSocket-Protocol: chat,  other",
                    "Sec-WebSocket-Protocol: customer-service-portal",
                ])
            #expect(client.status == 101)
            #expect(client.header("sec-websocket-protocol") == "customer-service-portal")
            let plain = try WebSocketClient(
                port: port, fields: ["Origin: https://a.example", "Sec-WebSocket-Protocol: x"])
            #expect(plain.header("sec-websocket-protocol") == nil)
        }
    }

    @Test func `leaves out a subprotocol that was not offered`() async throws {
        try await served("chat") { port in
            #expect(try WebSocketClient(port: port).header("sec-websocket-protocol") == nil)
            let client = try WebSocketClient(port: port, fields: ["Sec-WebSocket-Protocol: chat"])
            #expect(client.header("sec-websocket-protocol") == "chat")
        }
    }

    @Test func `may be answered by a task, and frames may come with it`() async throws {
        try await withServer(
            { _ in },
            { request in
                .later { _ in
                    await Task.yield()
                    guard let handshake = try? WebSocketHandshake(request) else { return .text("", status: 400) }
                    return .webSocket(handshake, handler: Echo())
                }
            }
        ) { _, port in
            let raw = try RawClient(port)
            try raw.send(Array(Self.request().utf8) + Frame.text("early").bytes)
            _ = try raw.read(through: "\r\n\r\n")
            #expect(raw.read(7) == [0x81, 5] + Array("early".utf8))
        }
    }
}

extension String {
    fileprivate func components(separatedBy separator: String) -> [String] {
        var parts: [String] = []
        var rest = self[...]
        while let range = rest.firstRange(of: separator) {
            parts.append(String(rest[..<range.lowerBound]))
            rest = rest[range.upperBound...]
        }
        return parts + [String(rest)]
    }
}
