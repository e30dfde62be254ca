import Dispatch
import Testing

@testable import HTTPServer

@Suite struct `Answers of one round` {
    private static func path(_ client: Int, _ request: Int) -> String {
        ["/a", "/large", "/later", "/a"][(client + request) % 4] + "-\(client)-\(request)"
    }

    private static func text(_ path: String) -> String {
        // Some do not fit into what is held, and the small ones of a round are together more than that.
        path + String(repeating: ".", count: path.hasPrefix("/large") ? 40_000 : 3_000)
    }

    @Test func `reach whom they are for, whoever else has gone`() async throws {
        let isBusy = DispatchSemaphore(value: 0)
        let mayGoOn = DispatchSemaphore(value: 0)
        try await withServer(
            {
                $0.loops = 1
                $0.maximumConnectionsPerAddress = 200
            },
            { request in
                let path = request.string(request.path)
                if path == "/busy" {
                    // The loop stands still until all the others have asked, so that it hears them in few rounds.
                    isBusy.signal()
                    mayGoOn.wait()
                }
                if path.hasPrefix("/later") {
                    return .later { _ in
                        await Task.yield()
                        return .text(Self.text(path))
                    }
                }
                return .answer(.text(Self.text(path)))
            },
            { server, port in
                let clients = try (0..<100).map { _ in try RawClient(port) }
                for client in clients {
                    try client.send("GET /first HTTP/1.1\r\nHost: a\r\n\r\n")
                    _ = try client.readAnswer()
                }
                let first = try RawClient(port)
                try first.send("GET /busy HTTP/1.1\r\nHost: a\r\n\r\n")
                isBusy.wait()
                for (index, client) in clients.enumerated() {
                    let fields = "Host: a\r\n" + (index % 5 == 4 ? "Connection: close\r\n" : "")
                    let requests = (0..<(index % 5 == 4 ? 1 : 3)).map {
                        "GET \(Self.path(index, $0)) HTTP/1.1\r\n\(fields)\r\n"
                    }
                    try client.send(requests.joined())
                    if index % 7 == 3 { client.reset() }
                }
                mayGoOn.signal()
                #expect(try first.readAnswer().text == Self.text("/busy"))
                for (index, client) in clients.enumerated() where index % 7 != 3 {
                    for request in 0..<(index % 5 == 4 ? 1 : 3) {
                        #expect(try client.readAnswer().text == Self.text(Self.path(index, request)))
                    }
                    if index % 5 == 4 { #expect(client.readToEnd().isEmpty) }
                }
                for client in clients { client.close() }
                first.close()
                wait { server.metrics.open == 0 }
                #expect(server.metrics.unsentBytes == 0)
            })
    }
}
