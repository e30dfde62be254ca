import Testing

@testable import HTTPServer

@Suite struct `What a client of a stream has missed` {
    private static func event(_ number: Int) -> ServerSentEvent {
        (try? ServerSentEvent(data: "\(number)", id: "\(number)")) ?? .comment("")
    }

    private static func get(_ last: String?) -> String {
        "GET /events HTTP/1.1\r\nHost: a\r\n" + (last.map { "Last-Event-ID: \($0)\r\n" } ?? "") + "\r\n"
    }

    private func served(
        _ handler: StreamRecorder, queueBytes: Int = 1 << 20,
        _ body: @escaping @Sendable (Server, UInt16) throws -> Void
    ) async throws {
        try await withServer(
            { _ in },
            { request in
                var options = EventStreamOptions()
                options.queueBytes = queueBytes
                return .answer(.events(to: request, options: options, handler: handler))
            }, body)
    }

    private static func ids(_ answer: RawClient.Answer) -> [Int] {
        EventReader.events(in: answer.body).compactMap { Int($0.id) }
    }

    @Test func `comes before what happens now`() async throws {
        let gate = Gate()
        let handler = StreamRecorder(
            onOpen: { $0.send(Self.event(6)) },
            replay: { _, _ in
                await gate.wait()
                return .rest([Self.event(4), Self.event(5)])
            })
        try await served(handler) { _, port in
            let client = try RawClient(port)
            try client.send(Self.get("3"))
            let stream = handler.stream()
            stream.send(Self.event(7))
            wait { handler.asked == ["3"] }
            gate.open()
            _ = try client.read(through: "\r\n\r\n")
            for number in 4...7 { #expect(try client.read(through: "\n\n").contains("data: \(number)\n")) }
            stream.send(Self.event(8))
            #expect(try client.read(through: "\n\n").contains("data: 8\n"))
        }
    }

    @Test func `comes in parts, as fast as the client takes them`() async throws {
        // More than the kernel takes for a client that does not read.
        let last = 1500
        let handler = StreamRecorder(replay: { id, stream in
            let next = (Int(id) ?? 0) + 1
            let events = (next..<min(next + 10, last + 1)).map { number in
                (try? ServerSentEvent(data: String(repeating: "x", count: 8000), id: "\(number)")) ?? .comment("")
            }
            if next + 10 > last {
                stream.close()
                return .rest(events)
            }
            return .more(events)
        })
        try await served(handler, queueBytes: 128 * 1024) { server, port in
            let client = try RawClient(port, receiveBuffer: 64 * 1024)
            try client.send(Self.get("0"))
            wait { server.metrics.unsentBytes > 64 * 1024 }
            #expect(server.metrics.runningTasks == 1)
            let answer = try client.readAnswer()
            // The last part was closed before it could be sent; all others are there.
            #expect(Self.ids(answer) == Array(1...(last - 10)))
            #expect(server.metrics.peakUnsentBytes <= 256 * 1024)
            #expect(handler.ending() == .byServer(.normal, reason: ""))
        }
    }

    @Test func `is told to be gone when it is`() async throws {
        let reset = try ServerSentEvent(event: "reset", data: "", id: "9")
        let handler = StreamRecorder(
            onOpen: { $0.send(Self.event(10)) }, replay: { _, _ in .gap(reset) })
        try await served(handler) { _, port in
            let client = try RawClient(port)
            try client.send(Self.get("unknown"))
            _ = try client.read(through: "\r\n\r\n")
            #expect(try client.read(through: "\n\n").contains("id: 9\nevent: reset\n"))
            #expect(try client.read(through: "\n\n").contains("id: 10\n"))
        }
    }

    @Test func `is not asked for by who comes for the first time`() async throws {
        let handler = StreamRecorder(replay: { _, _ in .gap(Self.event(1)) })
        try await served(handler) { _, port in
            for last in [nil, ""] {
                let client = try RawClient(port)
                try client.send(Self.get(last))
                _ = try client.read(through: "\r\n\r\n")
            }
            #expect(handler.asked.isEmpty)
        }
    }

    @Test func `is given up when the client goes, and only then is the stream over`() async throws {
        let running = Signal()
        let cancelled = Signal()
        let gate = Gate()
        let handler = StreamRecorder(replay: { _, _ in
            await withTaskCancellationHandler {
                running.set()
                await gate.wait()
            } onCancel: {
                cancelled.set()
            }
            return .rest([Self.event(1)])
        })
        try await served(handler) { server, port in
            let client = try RawClient(port)
            try client.send(Self.get("0"))
            running.waitBlocking()
            client.close()
            cancelled.waitBlocking()
            #expect(handler.endings.isEmpty)
            gate.open()
            #expect(handler.ending() == .disconnected)
            wait { server.metrics.runningTasks == 0 }
        }
    }
}
