import Synchronization
import Testing

@testable import HTTPServer

@Suite struct `A stream of events` {
    private func served(
        _ handler: StreamRecorder, _ options: @escaping @Sendable (inout EventStreamOptions) -> Void = { _ in },
        _ body: @escaping @Sendable (Server, UInt16) throws -> Void
    ) async throws {
        try await withServer(
            { _ in },
            { request in
                var chosen = EventStreamOptions()
                options(&chosen)
                return .answer(.events(to: request, options: chosen, handler: handler))
            }, body)
    }

    private static func get(_ fields: String..., version: String = "1.1", method: String = "GET") -> String {
        (["\(method) /events HTTP/\(version)", "Host: a"] + fields).joined(separator: "\r\n") + "\r\n\r\n"
    }

    @Test func `has a head that nobody stores or holds back`() async throws {
        let handler = StreamRecorder(onOpen: { $0.send(.comment("hello")) })
        try await served(handler) { server, port in
            let client = try RawClient(port)
            try client.send(Self.get())
            let head = try client.read(through: "\r\n\r\n")
            #expect(head.hasPrefix("HTTP/1.1 200 OK\r\n"))
            for field in [
                "content-type: text/event-stream", "cache-control: no-store", "x-accel-buffering: no",
                "transfer-encoding: chunked", "connection: close",
            ] { #expect(head.contains("\r\n\(field)\r\n"), "\(field)") }
            #expect(try client.read(through: "\n\n").hasSuffix(": hello\n\n"))
            #expect(server.metrics.eventStreams == 1)
            #expect(handler.asked.isEmpty)
        }
    }

    @Test func `sends every event at once, in order, and ends cleanly`() async throws {
        let handler = StreamRecorder()
        try await served(handler) { server, port in
            let client = try RawClient(port)
            try client.send(Self.get())
            let stream = handler.stream()
            let head = try client.read(through: "\r\n\r\n")
            for number in 0..<50 {
                #expect(stream.send(try ServerSentEvent(data: "\(number)", id: "\(number)")) == .queued)
                #expect(try client.read(through: "data: \(number)\n\n\r\n").contains("id: \(number)\n"))
            }
            stream.close()
            #expect(client.readTextToEnd() == "0\r\n\r\n")
            #expect(head.contains("chunked"))
            #expect(handler.ending() == .byServer(.normal, reason: ""))
            #expect(stream.send(.comment("late")) == .closed)
            client.close()
            wait { server.metrics.eventStreams == 0 }
        }
    }

    @Test func `to HTTP 1.0 has no chunks, and to HEAD no content`() async throws {
        let handler = StreamRecorder(onOpen: {
            $0.send(.comment("one"))
            $0.close()
        })
        try await served(handler) { _, port in
            let old = try RawClient(port)
            try old.send(Self.get(version: "1.0"))
            let answer = try old.readAnswer()
            #expect(answer.header("transfer-encoding") == nil)
            #expect(answer.text == ": one\n\n")
            let head = try RawClient(port)
            try head.send(Self.get(method: "HEAD"))
            #expect(try head.readAnswer(toHead: true).header("content-type") == "text/event-stream")
            #expect(head.readToEnd().isEmpty)
            wait { handler.endings.count == 1 }
        }
    }

    @Test func `tells clients when to come back, and shows that it lives`() async throws {
        let handler = StreamRecorder()
        try await served(
            handler,
            {
                $0.retry = .seconds(3)
                $0.heartbeatInterval = .milliseconds(40)
            }
        ) { _, port in
            let client = try RawClient(port)
            try client.send(Self.get())
            #expect(try client.read(through: "\n\n").hasSuffix("retry: 3000\n\n"))
            for _ in 0..<3 { #expect(try client.read(through: "\n\n").hasSuffix(": \n\n")) }
        }
        let named = StreamRecorder()
        let count = Mutex(0)
        try await served(
            named,
            {
                $0.heartbeatInterval = .milliseconds(40)
                $0.heartbeat = .event {
                    let beat = count.withLock { count in
                        count += 1
                        return count
                    }
                    return (try? ServerSentEvent(event: "heartbeat", data: "\(beat)")) ?? .comment("")
                }
            }
        ) { _, port in
            let client = try RawClient(port)
            try client.send(Self.get())
            for beat in 1...3 {
                #expect(try client.read(through: "\n\n").hasSuffix("event: heartbeat\ndata: \(beat)\n\n"))
            }
        }
    }

    @Test func `ends when the client goes`() async throws {
        let handler = StreamRecorder()
        try await served(handler) { server, port in
            let client = try RawClient(port)
            try client.send(Self.get())
            _ = handler.stream()
            client.close()
            #expect(handler.ending() == .disconnected)
            wait { server.metrics.open == 0 }
            // One that has sent more than a request before it goes is noticed too.
            let other = try RawClient(port)
            try other.send(Self.get() + Self.get())
            _ = try other.read(through: "\r\n\r\n")
            other.finishSending()
            wait { handler.endings.count == 2 }
            #expect(handler.endings[1] == .disconnected)
        }
    }

    @Test func `ends cleanly when the server does`() async throws {
        let handler = StreamRecorder()
        var configuration = ServerConfiguration()
        configuration.drainGrace = .seconds(3600)
        let server = try Server(
            configuration: configuration, responder: Routes { .answer(.events(to: $0, handler: handler)) })
        let port = try server.start()[0].address.port
        let client = try await onThread {
            Result {
                let client = try RawClient(port)
                try client.send(Self.get())
                _ = try client.read(through: "\r\n\r\n")
                return Box(client)
            }
        }.get()
        async let drained: Void = server.drain()
        await onThread {
            #expect(client.value.readTextToEnd() == "0\r\n\r\n")
            client.value.close()
        }
        await drained
        #expect(handler.ending() == .byServer(.goingAway, reason: ""))
    }

    @Test func `ends a client that is too slow, after what was queued`() async throws {
        let handler = StreamRecorder()
        let event = try ServerSentEvent(data: String(repeating: "x", count: 8 * 1024))
        try await served(
            handler,
            {
                $0.queueBytes = 256 * 1024
                $0.closeTimeout = .seconds(3600)
            }
        ) { server, port in
            let client = try RawClient(port, receiveBuffer: 64 * 1024)
            try client.send(Self.get())
            let stream = handler.stream()
            var accepted = 0
            while stream.send(event) == .queued { accepted += 1 }
            #expect(handler.ending() == .byServer(.tryAgainLater, reason: ""))
            #expect(server.metrics.laggards == 1)
            let answer = try client.readAnswer()
            #expect(answer.body.count == accepted * event.content.count)
        }
    }
}
