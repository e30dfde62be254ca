import Testing
import WebSocketClient

@testable import HTTPServer

/// What has a connection after its last answer, encrypted.
@Suite struct `Pushing over TLS` {
    private static func socket(_ client: RawClient) throws -> WebSocketClient {
        try WebSocketClient(
            over: .init(send: { try client.send($0) }, receive: { client.receive(into: $0) }), host: "a.example")
    }

    @Test func `carries WebSockets' messages of every size both ways`() async throws {
        try await withTLS(route: Echo.route()) { place in
            let link = try place.connect()
            let client = try Self.socket(link)
            #expect(client.status == 101)
            for count in [0, 1, 125, 126, 16_383, 16_384, 65_536, 3_000_000] {
                let bytes = Checksum.sample(count)
                // A message that is much larger than the buffers between must be read back while it is sent.
                try client.send(Frame(Frame.binary, bytes))
                #expect(client.receive() == .binary(bytes), "\(count)")
            }
            try client.send(Frame(Frame.ping, [1, 2, 3]))
            #expect(client.receive() == .pong([1, 2, 3]))
            try client.send(.close(1000))
            #expect(client.receiveAll() == [.close(1000, "")])
            // The end is announced, as it must be for nobody to cut a stream short.
            #expect(!link.isCutOff)
            #expect(place.server.metrics.messages == 8)
        }
    }

    @Test func `reads on what is decrypted already when a handler is done`() async throws {
        let gate = Gate()
        let handler = Recorder(react: { message, socket in
            .later {
                await gate.wait()
                socket.send(text: message.text)
            }
        })
        try await withTLS(route: Echo.route(handler: { handler })) { place in
            let client = try Self.socket(place.connect())
            // All in one record, of which only the first message can be handled now.
            try client.send((0..<300).flatMap { Frame.text("\($0)").bytes })
            wait { handler.messages.count == 1 }
            gate.open()
            for number in 0..<300 { #expect(client.receive() == .text("\(number)")) }
            try client.send(.close(1000))
            #expect(client.receiveAll() == [.close(1000, "")])
        }
    }

    @Test func `cuts off a client that does not read`() async throws {
        let handler = Recorder()
        try await withTLS(
            route: Echo.route(
                {
                    $0.queueBytes = 256 * 1024
                    $0.closeTimeout = .milliseconds(40)
                }, handler: { handler })
        ) { place in
            let client = try Self.socket(place.connect(receiveBuffer: 4096))
            let socket = handler.socket()
            let piece = [UInt8](repeating: 42, count: 8 * 1024)
            while socket.send(binary: piece) == .queued {}
            #expect(place.server.metrics.peakUnsentBytes <= 256 * 1024 + 2 * piece.count)
            _ = handler.ending()
            wait { place.server.metrics.webSockets == 0 }
            #expect(place.server.metrics.laggards == 1)
            withExtendedLifetime(client) {}
        }
    }

    @Test func `carries events one by one, and a clean end`() async throws {
        let handler = StreamRecorder()
        try await withTLS(route: { .answer(.events(to: $0, handler: handler)) }) { place in
            let client = try place.connect()
            try client.send("GET /events HTTP/1.1\r\nHost: a.example\r\n\r\n")
            #expect(try client.read(through: "\r\n\r\n").contains("text/event-stream"))
            let stream = handler.stream()
            for number in 0..<50 {
                #expect(stream.send(try ServerSentEvent(data: "\(number)", id: "\(number)")) == .queued)
                #expect(try client.read(through: "data: \(number)\n\n\r\n").contains("id: \(number)\n"))
            }
            stream.close()
            #expect(client.readTextToEnd() == "0\r\n\r\n")
            #expect(!client.isCutOff)
            #expect(handler.ending() == .byServer(.normal, reason: ""))
        }
    }

    @Test func `ends when the server is drained`() async throws {
        let sockets = Recorder()
        let streams = StreamRecorder()
        try await withTLS(
            { $0.drainGrace = .seconds(3600) },
            route: { request in
                request.string(request.path) == "/events"
                    ? .answer(.events(to: request, handler: streams)) : Echo.route(handler: { sockets })(request)
            }
        ) { place in
            let link = try place.connect()
            let socket = try Self.socket(link)
            let stream = try place.connect()
            try stream.send("GET /events HTTP/1.1\r\nHost: a.example\r\n\r\n")
            _ = try stream.read(through: "\r\n\r\n")
            _ = (sockets.socket(), streams.stream())
            let server = place.server
            let isDrained = Signal()
            Task.detached {
                await server.drain()
                isDrained.set()
            }
            #expect(socket.receive() == .close(1001, ""))
            try socket.send(.close(1001))
            #expect(socket.receive() == .end && !link.isCutOff)
            #expect(stream.readTextToEnd() == "0\r\n\r\n")
            #expect(!stream.isCutOff)
            stream.close()
            isDrained.waitBlocking()
        }
    }
}
