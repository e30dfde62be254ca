import Testing
import WebSocketClient

@testable import HTTPServer

@Suite struct `A push to many` {
    @Test func `reaches WebSockets and streams of events on every loop, encoded once`() async throws {
        let sockets = (0..<6).map { _ in Recorder() }
        let streams = (0..<6).map { _ in StreamRecorder() }
        try await withServer(
            { _ in },
            { request in
                let index = Int(request.string(request.path).dropFirst()) ?? 0
                guard let handshake = try? WebSocketHandshake(request) else {
                    return .answer(.events(to: request, handler: streams[index]))
                }
                return .answer(.webSocket(handshake, handler: sockets[index]))
            }
        ) { server, port in
            let clients = try (0..<6).map { try WebSocketClient(port: port, path: "/\($0)") }
            let readers = try (0..<6).map { index in
                let client = try RawClient(port)
                try client.send("GET /\(index) HTTP/1.1\r\nHost: a\r\n\r\n")
                _ = try client.read(through: "\r\n\r\n")
                return client
            }
            let all: [PushConnection] = sockets.map { $0.socket() } + streams.map { $0.stream() }
            let push = Push(frame: .text("news"), event: try ServerSentEvent(event: "news", data: "1", id: "7"))
            for loop in server.loops {
                let mine = all.filter { $0.loop === loop }
                loop.submit { for connection in mine { #expect(connection.send(push) == .queued) } }
            }
            for client in clients { #expect(client.receive() == .text("news")) }
            for reader in readers {
                #expect(try reader.read(through: "\n\n").hasSuffix("id: 7\nevent: news\ndata: 1\n\n"))
            }
            for connection in all { connection.close(.goingAway) }
            for client in clients { #expect(client.receive() == .close(1001, "")) }
        }
    }
}
