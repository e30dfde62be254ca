import Testing
import WebSocketClient

@testable import HTTPServer

@Suite struct `A WebSocket's life` {
    private func served(
        _ handler: Recorder, options: @escaping @Sendable (inout WebSocketOptions) -> Void = { _ in },
        server: (inout ServerConfiguration) -> Void = { _ in },
        _ body: @escaping @Sendable (Server, UInt16) throws -> Void
    ) async throws {
        try await withServer(
            server,
            { request in
                guard let handshake = try? WebSocketHandshake(request) else { return .answer(.text("", status: 400)) }
                var chosen = WebSocketOptions()
                options(&chosen)
                return .answer(.webSocket(handshake, options: chosen, handler: handler))
            }, body)
    }

    @Test func `begins with what the handler says at once`() async throws {
        let handler = Recorder(onOpen: { $0.send(text: "welcome") })
        try await served(handler) { server, port in
            let client = try WebSocketClient(port: port)
            #expect(client.receive() == .text("welcome"))
            #expect(server.metrics.webSockets == 1)
            try client.send(.text("one"))
            try client.send(.close(4000, Array("enough".utf8)))
            #expect(client.receiveAll() == [.close(4000, "")])
            #expect(handler.ending() == .byPeer(.application(4000), reason: "enough"))
            #expect(handler.messages == ["one"])
            #expect(!handler.socket().isOpen)
            #expect(handler.socket().send(text: "late") == .closed)
            client.close()
            wait { server.metrics.webSockets == 0 }
            #expect(server.metrics.messages == 1)
        }
    }

    @Test func `may be over before it begins`() async throws {
        let handler = Recorder(onOpen: { $0.close(.application(4401), reason: String(repeating: "ä", count: 100)) })
        try await served(handler) { _, port in
            let client = try WebSocketClient(port: port)
            // As many whole characters as fit.
            #expect(client.receive() == .close(4401, String(repeating: "ä", count: 61)))
            try client.send(.close(4401))
            #expect(client.receiveAll().isEmpty)
            #expect(handler.ending() == .byServer(.application(4401), reason: String(repeating: "ä", count: 100)))
            #expect(handler.endings.count == 1)
        }
    }

    @Test func `is sent to and closed from any thread`() async throws {
        let handler = Recorder()
        try await served(handler) { _, port in
            let client = try WebSocketClient(port: port)
            let socket = handler.socket()
            for number in 0..<100 { #expect(socket.send(text: "\(number)") == .queued) }
            socket.close(.normal, reason: "done")
            for number in 0..<100 { #expect(client.receive() == .text("\(number)")) }
            #expect(client.receive() == .close(1000, "done"))
            // What comes after the server's good-bye is read and dropped, up to the peer's own.
            try client.send(.text("too late"))
            try client.send(Frame(Frame.ping))
            try client.send(.close(1000))
            #expect(client.receiveAll().isEmpty)
            #expect(handler.ending() == .byServer(.normal, reason: "done"))
            #expect(handler.messages.isEmpty)
            wait { socket.backlog == 0 }
        }
    }

    @Test func `takes one message at a time, and reads no more meanwhile`() async throws {
        let gate = Gate()
        let running = Signal()
        let handler = Recorder(react: { message, socket in
            .later {
                if message.text == "first" {
                    running.set()
                    await gate.wait()
                }
                socket.send(text: "did " + message.text)
            }
        })
        try await served(handler) { server, port in
            let client = try WebSocketClient(port: port)
            try client.send(Frame.text("first").bytes + Frame.text("second").bytes + Frame(Frame.ping, [1]).bytes)
            running.waitBlocking()
            try client.send(.text("third"))
            Self.turn(server)
            #expect(handler.messages == ["first"])
            #expect(!client.hasInput)
            gate.open()
            #expect(client.receive() == .text("did first"))
            #expect(client.receive() == .text("did second"))
            #expect(client.receive() == .pong([1]))
            #expect(client.receive() == .text("did third"))
            #expect(handler.messages == ["first", "second", "third"])
            wait { server.metrics.runningTasks == 0 }
        }
    }

    @Test func `ends for the handler only when its reaction has`() async throws {
        let running = Signal()
        let wasCancelled = Signal()
        let gate = Gate()
        let handler = Recorder(react: { _, _ in
            .later {
                await withTaskCancellationHandler {
                    running.set()
                    await gate.wait()
                } onCancel: {
                    wasCancelled.set()
                }
            }
        })
        try await served(handler) { server, port in
            let client = try WebSocketClient(port: port)
            try client.send(.text("work"))
            running.waitBlocking()
            client.close()
            wasCancelled.waitBlocking()
            Self.turn(server)
            #expect(handler.endings.isEmpty)
            gate.open()
            #expect(handler.ending() == .disconnected)
            wait { server.metrics.open == 0 }
            #expect(handler.endings == [.disconnected])
        }
    }

    @Test func `ends without a good-bye when the client is gone`() async throws {
        let handler = Recorder()
        try await served(handler) { _, port in
            let client = try WebSocketClient(port: port)
            _ = handler.socket()
            client.close()
            #expect(handler.ending() == .disconnected)
        }
    }

    @Test func `says 1001 when the server ends, and waits for the answer`() async throws {
        let handler = Recorder()
        var configuration = ServerConfiguration()
        configuration.drainGrace = .seconds(3600)
        let server = try Server(
            configuration: configuration,
            responder: Routes { request in
                guard let handshake = try? WebSocketHandshake(request) else { return .answer(.text("", status: 400)) }
                return .answer(.webSocket(handshake, handler: handler))
            })
        let port = try server.start()[0].address.port
        let client = try await onThread { Result { Box(try WebSocketClient(port: port)) } }.get()
        async let drained: Void = server.drain()
        await onThread {
            #expect(client.value.receive() == .close(1001, ""))
            #expect(throws: Never.self) { try client.value.send(.close(1001)) }
            #expect(client.value.receiveAll().isEmpty)
            client.value.close()
        }
        await drained
        #expect(handler.ending() == .byServer(.goingAway, reason: ""))
    }

    @Test func `is told of what breaks the protocol, and no more is read`() async throws {
        let handler = Recorder()
        try await served(handler, options: { $0.messageBytes = 10 }) { server, port in
            let client = try WebSocketClient(port: port)
            try client.send(.text("fits"))
            try client.send([0x81, 0x8b])
            #expect(client.receiveAll() == [.close(1009, "messageTooBig")])
            #expect(handler.ending() == .byServer(.messageTooBig, reason: "messageTooBig"))
            #expect(handler.messages == ["fits"])
            #expect(server.metrics.refused == 1)
        }
    }

    @Test func `leaves nothing behind when thousands come and go`() async throws {
        try await withServer({ $0.maximumConnectionsPerAddress = 10_000 }, Echo.route()) { server, port in
            for _ in 0..<20 {
                let clients = try (0..<50).map { _ in try WebSocketClient(port: port) }
                for (index, client) in clients.enumerated() {
                    if index % 3 == 0 { try client.send(.close(1000)) }
                    if index % 3 == 1 { try client.send(.text("x")) }
                    client.close()
                }
            }
            wait { server.metrics.open == 0 }
            #expect(server.metrics.webSockets == 0)
            #expect(server.metrics.unsentBytes == 0)
        }
    }

    /// Lets every loop go round a few times.
    static func turn(_ server: Server) {
        for _ in 0..<4 {
            for loop in server.loops {
                let turned = Signal()
                loop.submit { turned.set() }
                turned.waitBlocking()
            }
        }
    }
}

/// Hands something to another thread, for that thread alone.
// @unchecked: the test uses it from one thread at a time.
final class Box<Value>: @unchecked Sendable {
    let value: Value
    init(_ value: Value) { self.value = value }
}
