import Testing
import WebSocketClient

@testable import HTTPServer

// Each waits for the server to act, however long that takes; the configured times are short so that it is soon.
@Suite struct `Signs of life of a WebSocket` {
    private func served(
        _ handler: Recorder, _ options: @escaping @Sendable (inout WebSocketOptions) -> Void,
        _ body: @escaping @Sendable (Server, UInt16) throws -> Void
    ) async throws {
        try await withServer(
            { _ in },
            { request in
                guard let handshake = try? WebSocketHandshake(request) else { return .answer(.text("", status: 400)) }
                var chosen = WebSocketOptions()
                options(&chosen)
                return .answer(.webSocket(handshake, options: chosen, handler: handler))
            }, body)
    }

    @Test func `are asked for again and again while they come`() async throws {
        let handler = Recorder()
        try await served(
            handler,
            {
                $0.pingInterval = .milliseconds(40)
                $0.pongTimeout = .seconds(3600)
            }
        ) { _, port in
            let client = try WebSocketClient(port: port)
            for round in 0..<4 {
                #expect(client.receive() == .ping([]))
                // Anything counts, not only a pong.
                try client.send(round % 2 == 0 ? Frame(Frame.pong) : .text("here"))
            }
            #expect(handler.endings.isEmpty)
        }
    }

    @Test func `that do not come end the connection`() async throws {
        let handler = Recorder()
        try await served(
            handler,
            {
                $0.pingInterval = .milliseconds(40)
                $0.pongTimeout = .milliseconds(40)
            }
        ) { server, port in
            let client = try WebSocketClient(port: port)
            #expect(client.receiveAll() == [.ping([])])
            #expect(handler.ending() == .disconnected)
            #expect(server.metrics.timedOut == 1)
        }
    }

    @Test func `are not asked for while a reaction runs`() async throws {
        let gate = Gate()
        let handler = Recorder(react: { _, socket in
            .later {
                await gate.wait()
                socket.send(text: "done")
            }
        })
        let waited = Signal()
        try await served(
            handler,
            {
                $0.pingInterval = .milliseconds(40)
                $0.pongTimeout = .milliseconds(40)
            }
        ) { server, port in
            // On a busy machine a client may be taken for dead before it has said anything; then it comes again.
            var client = try WebSocketClient(port: port)
            for attempt in 1...50 {
                try? client.send(.text("work"))
                wait { !handler.messages.isEmpty || handler.endings.count == attempt }
                if !handler.messages.isEmpty { break }
                client = try WebSocketClient(port: port)
            }
            _ = server.loops[0].schedule(after: .milliseconds(200)) { waited.set() }
            waited.waitBlocking()
            gate.open()
            // A ping may have gone out before the message came in.
            var event = client.receive()
            while event == .ping([]) { event = client.receive() }
            #expect(event == .text("done"))
        }
    }

    @Test func `a good-bye that is not answered is not waited for for ever`() async throws {
        let handler = Recorder(onOpen: { $0.close() })
        try await served(handler, { $0.closeTimeout = .milliseconds(40) }) { _, port in
            let client = try WebSocketClient(port: port)
            #expect(client.receiveAll() == [.close(1000, "")])
            #expect(handler.ending() == .byServer(.normal, reason: ""))
        }
    }
}
