import Glibc
import Testing

@testable import HTTPServer

@Suite struct `The limits` {
    private static let hello: @Sendable (Request) -> Reception = { _ in .answer(.text("hello")) }
    private static let request = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"

    @Test func `turn connections away above the number for one address`() async throws {
        try await withServer({ $0.maximumConnectionsPerAddress = 3 }, Self.hello) { server, port in
            let clients = try (0..<3).map { _ in try RawClient(port) }
            for client in clients {
                try client.send(Self.request)
                #expect(try client.readAnswer().status == 200)
            }
            #expect(try RawClient(port).readToEnd().isEmpty)
            #expect(server.metrics.turnedAway == 1)
            clients[0].close()
            wait { server.metrics.open == 2 }
            let next = try RawClient(port)
            try next.send(Self.request)
            #expect(try next.readAnswer().status == 200)
        }
    }

    @Test func `turn connections away above the number in all`() async throws {
        try await withServer({ $0.maximumConnections = 1 }, Self.hello) { server, port in
            let client = try RawClient(port)
            try client.send(Self.request)
            #expect(try client.readAnswer().status == 200)
            #expect(try RawClient(port).readToEnd().isEmpty)
        }
    }

    @Test func `on heads are answered with 414 and 431, and the connection ends`() async throws {
        try await withServer({ _ in }, Self.hello) { _, port in
            for (line, status) in [
                ("GET /\(String(repeating: "x", count: 9000)) HTTP/1.1\r\nHost: a\r\n\r\n", 414),
                ("GET / HTTP/1.1\r\nHost: a\r\nX: \(String(repeating: "x", count: 17_000))\r\n\r\n", 431),
                ("GET / HTTP/1.1\r\nHost: a\r\n\(String(repeating: "X: y\r\n", count: 100))\r\n", 431),
            ] {
                let client = try RawClient(port)
                try client.send(line)
                let answer = try client.readAnswer()
                #expect(answer.status == status)
                #expect(answer.header("connection") == "close")
                #expect(client.readToEnd().isEmpty)
            }
        }
    }

    @Test func `hold a thousand idle connections, each with no buffer and no task`() async throws {
        try await withServer({ $0.maximumConnectionsPerAddress = 2000 }, Self.hello) { server, port in
            let clients = try (0..<1000).map { _ in try RawClient(port) }
            for client in clients { try client.send(Self.request) }
            for client in clients { #expect(try client.readAnswer().text == "hello") }
            let metrics = server.metrics
            #expect(metrics.open == 1000)
            #expect(metrics.runningTasks == 0)
            #expect(metrics.unsentBytes == 0)
            for client in clients { try client.send(Self.request) }
            for client in clients { #expect(try client.readAnswer().text == "hello") }
            #expect(server.metrics.requests == 2000)
        }
    }

    @Test func `of descriptors do not stop the server`() async {
        await #expect(processExitsWith: .success) {
            var configuration = ServerConfiguration()
            configuration.loops = 1
            configuration.drainGrace = .zero
            let server = try Server(configuration: configuration, responder: Routes { _ in .answer(.text("hello")) })
            let port = try server.start()[0].address.port
            // The clients' descriptors are opened first, so that the server's are the ones that run out.
            var clients = try (0..<20).map { _ in try RawClient(port) }
            wait { server.metrics.open == 20 }
            var limit = rlimit(rlim_cur: 0, rlim_max: 0)
            getrlimit(__rlimit_resource_t(7), &limit)
            let probe = open("/dev/null", O_RDONLY)
            close(probe)
            limit.rlim_cur = rlim_t(probe + 1)
            setrlimit(__rlimit_resource_t(7), &limit)
            // One descriptor is left, which this client takes: none for the server, which lets it go.
            let refused = try RawClient(port)
            guard refused.readToEnd().isEmpty, server.metrics.turnedAway >= 1 else { exit(1) }
            refused.close()
            clients.removeLast(10)
            wait { server.metrics.open == 10 }
            let served = try RawClient(port)
            try served.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            guard try served.readAnswer().status == 200 else { exit(2) }
            exit(0)
        }
    }
}
