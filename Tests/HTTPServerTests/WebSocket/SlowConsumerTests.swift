import Testing
import WebSocketClient

@testable import HTTPServer

@Suite struct `A WebSocket whose client reads too slowly` {
    private static let piece = [UInt8](repeating: 0x2a, count: 8 * 1024)

    private func served(
        _ handler: Recorder, _ options: @escaping @Sendable (inout WebSocketOptions) -> Void = { _ in },
        _ body: @escaping @Sendable (Server, UInt16) throws -> Void
    ) async throws {
        try await withServer(
            { _ in },
            { request in
                guard let handshake = try? WebSocketHandshake(request) else { return .answer(.text("", status: 400)) }
                var chosen = WebSocketOptions()
                chosen.queueBytes = 256 * 1024
                options(&chosen)
                return .answer(.webSocket(handshake, options: chosen, handler: handler))
            }, body)
    }

    @Test func `gets what was queued, then the application's code`() async throws {
        let handler = Recorder()
        try await served(
            handler,
            {
                $0.tooSlow = .application(4008)
                $0.closeTimeout = .seconds(3600)
            }
        ) { server, port in
            let client = try WebSocketClient(port: port, receiveBuffer: 64 * 1024)
            let socket = handler.socket()
            var accepted = 0
            while true {
                let outcome = socket.send(binary: Self.piece)
                guard outcome == .queued else {
                    #expect(outcome == .overflowed)
                    break
                }
                accepted += 1
                // What is on its way and what waits stays within the bound, but for the last piece.
                #expect(socket.backlog <= 256 * 1024 + 2 * Self.piece.count)
            }
            wait { !socket.isOpen }
            #expect(socket.send(binary: Self.piece) == .closed)
            #expect(server.metrics.laggards == 1)
            #expect(server.metrics.peakUnsentBytes <= 256 * 1024 + 2 * Self.piece.count)
            let events = client.receiveAll(answeringClose: true)
            #expect(events.last == .close(4008, ""))
            #expect(events.count == accepted + 1)
            #expect(handler.ending() == .byServer(.application(4008), reason: ""))
        }
    }

    @Test func `is cut when it does not even take that`() async throws {
        let handler = Recorder()
        try await served(handler, { $0.closeTimeout = .milliseconds(40) }) { server, port in
            let client = try WebSocketClient(port: port, receiveBuffer: 4096)
            let socket = handler.socket()
            while socket.send(binary: Self.piece) == .queued {}
            #expect(handler.ending() == .byServer(.tryAgainLater, reason: ""))
            wait { server.metrics.open == 0 }
            #expect(server.metrics.unsentBytes == 0)
            client.close()
        }
    }

    @Test func `is waited for by who asks for room`() async throws {
        // More than the kernel takes for a client that does not read.
        let count = 1500
        let handler = Recorder(react: { _, socket in
            .later {
                for number in 0..<count {
                    guard await socket.room() else { return }
                    socket.send(binary: Self.piece + [UInt8(number & 0xff)])
                }
                socket.close()
            }
        })
        try await served(handler) { server, port in
            let client = try WebSocketClient(port: port, receiveBuffer: 64 * 1024)
            try client.send(.text("all"))
            wait { server.metrics.unsentBytes > 100 * 1024 }
            let events = client.receiveAll(answeringClose: true)
            #expect(events.count == count + 1)
            #expect(events.last == .close(1000, ""))
            #expect(server.metrics.peakUnsentBytes <= 256 * 1024)
            #expect(server.metrics.laggards == 0)
        }
    }

    @Test func `wakes who waits for room when it goes`() async throws {
        let woken = Signal()
        let handler = Recorder(react: { _, socket in
            .later {
                while await socket.room() { socket.send(binary: Self.piece) }
                woken.set()
            }
        })
        try await served(handler) { server, port in
            let client = try WebSocketClient(port: port, receiveBuffer: 4096)
            try client.send(.text("all"))
            wait { server.metrics.unsentBytes > 100 * 1024 }
            client.close()
            woken.waitBlocking()
            #expect(handler.ending() == .disconnected)
        }
    }

    @Test func `is not read from while it does not read its echoes`() async throws {
        try await withServer({ $0.unsentHighWaterBytes = 64 * 1024 }, Echo.route { $0.queueBytes = 128 * 1024 }) {
            server, port in
            let client = try RawClient(port, receiveBuffer: 4096)
            try client.send(WebSocketClient.handshake())
            _ = try client.read(through: "\r\n\r\n")
            let frame = Frame(Frame.binary, Self.piece).bytes
            var sent = 0
            // The server stops reading, so the kernel takes no more at last.
            wait {
                sent += max(0, client.sendWithoutWaiting(frame))
                return server.metrics.unsentBytes > 64 * 1024 && client.sendWithoutWaiting([]) == 0 && sent > 1 << 20
            }
            #expect(server.metrics.laggards == 0)
            #expect(server.metrics.peakUnsentBytes <= 256 * 1024)
            client.close()
        }
    }
}

extension WebSocketClient {
    /// Everything up to the end; a good-bye is answered.
    func receiveAll(answeringClose: Bool) -> [Event] {
        var events: [Event] = []
        while true {
            let event = receive()
            if event == .end { return events }
            events.append(event)
            if case .close = event { try? send(.close(1000)) }
            if case .nonsense = event { return events }
        }
    }
}
