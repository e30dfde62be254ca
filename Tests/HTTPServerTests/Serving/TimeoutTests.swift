import Testing

@testable import HTTPServer

// Each waits for the server to act, however long that takes; the configured times are short so that it is soon.
@Suite struct `The time-outs` {
    @Test func `refuse a head that does not end, and close what never speaks`() async throws {
        try await withServer({ $0.headTimeout = .milliseconds(150) }, { _ in .answer(.text("hello")) }) {
            server, port in
            #expect(try RawClient(port).readToEnd().isEmpty)
            let answer = try Self.untilHeard {
                let slow = try RawClient(port)
                try slow.send("GET / HTTP/1.1\r\nHost: a\r\nX: ")
                return try slow.readAnswer()
            }
            #expect(answer.status == 408)
            #expect(answer.text == "headTimeout")
            #expect(answer.header("connection") == "close")
            #expect(server.metrics.timedOut >= 2)
        }
    }

    @Test func `reach everybody, one after the other`() async throws {
        try await withServer({ $0.headTimeout = .milliseconds(50) }, { _ in .answer(.text("hello")) }) {
            server, port in
            let clients = try (0..<80).map { number in
                let client = try RawClient(port)
                if number % 2 == 1 { try client.send("GET / HTTP/1.1\r\nX: ") }
                return client
            }
            for (number, client) in clients.enumerated() {
                let answer = String(decoding: client.readToEnd(), as: UTF8.self)
                #expect(number % 2 == 0 ? answer.isEmpty : answer.hasPrefix("HTTP/1.1 408 "))
            }
            #expect(server.metrics.timedOut == 80)
        }
    }

    @Test func `of a head count from its beginning, however it drips`() async throws {
        try await withServer(
            {
                $0.headTimeout = .milliseconds(150)
                $0.requestLimits.headBytes = 60_000
            }, { _ in .answer(.text("hello")) }
        ) { server, port in
            let answer = try Self.untilHeard {
                let client = try RawClient(port)
                try client.send("GET / HTTP/1.1\r\nX: ")
                // A byte for each turn of the loops: the refusal must come in spite of them.
                var dripped = 0
                while dripped < 50_000, !client.hasInput {
                    try client.send("x")
                    let turned = Signal()
                    for loop in server.loops { loop.submit { turned.set() } }
                    turned.waitBlocking()
                    dripped += 1
                }
                #expect(dripped < 50_000)
                return try client.readAnswer()
            }
            #expect(answer.status == 408)
        }
    }

    /// Runs until it does not throw: on a busy machine a client may begin so late that it is taken for silent.
    private static func untilHeard(_ attempt: () throws -> RawClient.Answer) throws -> RawClient.Answer {
        for _ in 0..<50 { if let answer = try? attempt() { return answer } }
        return try attempt()
    }

    @Test func `close an idle connection without a word`() async throws {
        try await withServer(
            {
                $0.idleTimeout = .milliseconds(100)
                $0.headTimeout = .seconds(1000)
            }, { _ in .answer(.text("hello")) }
        ) { _, port in
            let client = try RawClient(port)
            try client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try client.readAnswer().status == 200)
            #expect(client.readToEnd().isEmpty)
        }
    }

    @Test func `refuse a body that does not end`() async throws {
        try await withServer(
            { $0.bodyTimeout = .milliseconds(100) },
            { request in
                if request.string(request.path) == "/stream" {
                    return .stream(limit: 10) { _, stream in
                        do { for try await _ in stream {} } catch { return .text("\(error)") }
                        return .text("complete")
                    }
                }
                return .body(limit: 10) { _, _ in .now(.text("complete")) }
            },
            { _, port in
                for path in ["/collect", "/stream"] {
                    let client = try RawClient(port)
                    try client.send("POST \(path) HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc")
                    let answer = try client.readAnswer()
                    #expect(answer.status == 408)
                    #expect(answer.text == "bodyTimeout!")
                    #expect(client.readToEnd().isEmpty)
                }
            })
    }

    @Test func `of a body are not put off by a byte now and then`() async throws {
        try await withServer(
            {
                $0.bodyTimeout = .milliseconds(150)
                $0.minimumProgressBytes = 60_000
            }, { _ in .body(limit: 60_000) { _, _ in .now(.text("complete")) } }
        ) { server, port in
            let client = try RawClient(port)
            try client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 60000\r\n\r\n")
            var dripped = 0
            while dripped < 59_999, !client.hasInput {
                try client.send("x")
                let turned = Signal()
                for loop in server.loops { loop.submit { turned.set() } }
                turned.waitBlocking()
                dripped += 1
            }
            #expect(dripped < 59_999)
            #expect(try client.readAnswer().status == 408)
        }
    }

    @Test func `of many at once leave others their turn`() async throws {
        try await withServer(
            {
                $0.loops = 1
                $0.headTimeout = .milliseconds(100)
            }, { _ in .answer(.text("hello")) }
        ) { server, port in
            let silent = try (0..<300).map { _ in try RawClient(port) }
            for client in silent { #expect(client.readToEnd().isEmpty) }
            wait { server.metrics.open == 0 }
            #expect(server.metrics.timedOut == 300)
        }
    }

    @Test func `cut a client that does not read its answer`() async throws {
        try await withServer(
            { $0.sendTimeout = .milliseconds(100) },
            { _ in .answer(Response(status: 200, body: .bytes([UInt8](repeating: 1, count: 50_000_000)))) },
            { server, port in
                let client = try RawClient(port, receiveBuffer: 65_536)
                try client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                wait { server.metrics.timedOut == 1 }
                wait { server.metrics.open == 0 }
                #expect(server.metrics.unsentBytes == 0)
                #expect(client.readToEnd().count < 50_000_000)
            })
    }

    @Test func `do not run while a handler works`() async throws {
        let gate = Gate()
        try await withServer(
            {
                $0.idleTimeout = .milliseconds(50)
                $0.bodyTimeout = .milliseconds(50)
            },
            { request in
                if request.method == .get { return .answer(.text("hello")) }
                return .later { request in
                    await gate.wait()
                    return .text("at last")
                }
            },
            { server, port in
                let waiting = try RawClient(port)
                try waiting.send("POST / HTTP/1.1\r\nHost: a\r\n\r\n")
                wait { server.metrics.runningTasks == 1 }
                // Three others live and die of idleness meanwhile.
                for _ in 0..<3 {
                    let other = try RawClient(port)
                    try other.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                    _ = other.readToEnd()
                }
                gate.open()
                #expect(try waiting.readAnswer().text == "at last")
            })
    }

    @Test func `of work given to a loop keep their order, and can be cancelled`() async throws {
        try await withServer({ $0.loops = 1 }, { _ in .answer(.text("hello")) }) { server, _ in
            let loop = server.loops[0]
            let (first, second, never) = (Signal(), Signal(), Signal())
            let cancelled = loop.schedule(after: .milliseconds(40)) { never.set() }
            _ = loop.schedule(after: .milliseconds(120)) {
                if first.value, loop.isCurrent { second.set() }
            }
            _ = loop.schedule(after: .milliseconds(1)) { first.set() }
            cancelled.cancel()
            second.waitBlocking()
            #expect(!never.value)
        }
    }
}
