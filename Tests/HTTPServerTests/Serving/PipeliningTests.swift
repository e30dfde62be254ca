import Synchronization
import Testing

@testable import HTTPServer

@Suite struct `Pipelined requests` {
    @Test func `are answered in order, whether at once or later`() async throws {
        let gate = Gate()
        try await withServer(
            { _ in },
            { request in
                let path = request.string(request.path)
                return switch path.dropFirst().first {
                case "w":
                    .later { _ in
                        await gate.wait()
                        return .text(path)
                    }
                case "y":
                    .later { _ in
                        await Task.yield()
                        return .text(path)
                    }
                case "s":
                    .answer(
                        Response(status: 200, body: .stream(length: nil) { writer in try await writer.write(path) }))
                default: .answer(.text(path))
                }
            },
            { server, port in
                let client = try RawClient(port)
                let paths = (0..<200).map { "/\($0 == 0 ? "w" : ["a", "y", "s", "a"][$0 % 4])\($0)" }
                try client.send(paths.map { "GET \($0) HTTP/1.1\r\nHost: a\r\n\r\n" }.joined())
                wait { server.metrics.runningTasks == 1 }
                #expect(server.metrics.requests == 1)
                gate.open()
                for path in paths { #expect(try client.readAnswer().text == path) }
            })
    }

    @Test func `in a flood do not grow memory: reading stops while the client takes nothing`() async throws {
        let body = [UInt8](repeating: 97, count: 10_000)
        let highWater = 64 * 1024
        try await withServer(
            {
                $0.loops = 1
                $0.unsentHighWaterBytes = highWater
            },
            { _ in .answer(Response(status: 200, body: .bytes(body))) },
            { server, port in
                let client = try RawClient(port, receiveBuffer: 65_536)
                let padding = String(repeating: "x", count: 4000)
                let request = Array("GET / HTTP/1.1\r\nHost: a\r\nX: \(padding)\r\n\r\n".utf8)
                let batch = Array(repeatElement(request, count: 20).joined())
                // Until the kernel takes no more: the server has stopped reading.
                var sent = 0
                var refusals = 0
                while server.metrics.unsentBytes <= highWater || refusals < 2000 {
                    let count = client.sendWithoutWaiting(Array(batch[(sent % request.count)...]))
                    sent += count
                    refusals = count == 0 ? refusals + 1 : 0
                }
                let metrics = server.metrics
                #expect(metrics.requests * request.count < sent)
                #expect(metrics.unsentBytes > highWater)
                #expect(metrics.peakUnsentBytes < highWater + 128 * 1024)
                // All of them are answered once the client reads.
                let rest = request.count - sent % request.count
                if rest < request.count {
                    // The last, cut one is completed as soon as there is room.
                    var left = Array(request.suffix(rest))
                    while !left.isEmpty {
                        left.removeFirst(client.sendWithoutWaiting(left))
                        if !left.isEmpty { _ = try client.readAnswer() }
                        if !left.isEmpty { sent -= request.count }
                    }
                    sent += rest
                }
                for _ in 0..<sent / request.count { #expect(try client.readAnswer().body.count == body.count) }
                #expect(server.metrics.peakUnsentBytes < highWater + 128 * 1024)
            })
    }
}
