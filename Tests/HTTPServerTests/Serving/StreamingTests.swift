import Synchronization
import Testing

@testable import HTTPServer

@Suite struct `A streamed body` {
    private static let counting: @Sendable (Request) -> Reception = { request in
        .stream(limit: 50_000_000) { _, stream in
            var count = 0
            var sum = 0
            do {
                for try await chunk in stream {
                    count += chunk.count
                    sum += chunk.reduce(0) { $0 + Int($1) }
                }
            } catch {
                return .text("\(error)", status: 500)
            }
            return .text("\(count) \(sum)")
        }
    }

    @Test func `arrives whole, with a length or in chunks`() async throws {
        try await withServer({ _ in }, Self.counting) { _, port in
            let client = try RawClient(port)
            let body = [UInt8](repeating: 1, count: 1_000_000)
            try client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: \(body.count)\r\n\r\n")
            try client.send(body)
            #expect(try client.readAnswer().text == "1000000 1000000")
            try client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
            for size in [1, 15, 16, 4096, 100_000] {
                try client.send(Array("\(String(size, radix: 16))\r\n".utf8) + body[..<size] + Array("\r\n".utf8))
            }
            try client.send("0\r\n\r\nPOST / HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try client.readAnswer().text == "104128 104128")
            #expect(try client.readAnswer().text == "0 0")
        }
    }

    @Test func `is asked for with 100 only when the handler reads`() async throws {
        let gate = Gate()
        try await withServer(
            { _ in },
            { _ in
                .stream(limit: 100) { _, stream in
                    await gate.wait()
                    let first = try? await stream.next()
                    return .text("\(first?.count ?? -1)")
                }
            },
            { server, port in
                let client = try RawClient(port)
                try client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n")
                wait { server.metrics.runningTasks == 1 }
                gate.open()
                #expect(try client.readAnswer().status == 100)
                try client.send("abc")
                #expect(try client.readAnswer().text == "3")
            })
    }

    @Test func `is read no faster than it is consumed`() async throws {
        let gate = Gate()
        let highWater = 32 * 1024
        try await withServer(
            {
                $0.loops = 1
                $0.bodyHighWaterBytes = highWater
            },
            { _ in
                .stream(limit: 1 << 30) { _, stream in
                    await gate.wait()
                    var count = 0
                    do { for try await chunk in stream { count += chunk.count } } catch { return .text("\(error)") }
                    return .text("\(count)")
                }
            },
            { server, port in
                let client = try RawClient(port)
                let total = 40_000_000
                try client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: \(total)\r\n\r\n")
                let piece = [UInt8](repeating: 1, count: 64 * 1024)
                var sent = 0
                var refusals = 0
                while server.metrics.heldBodyBytes <= highWater || refusals < 2000, sent < total {
                    let count = client.sendWithoutWaiting(Array(piece.prefix(total - sent)))
                    sent += count
                    refusals = count == 0 ? refusals + 1 : 0
                }
                #expect(sent < total)
                #expect(server.metrics.heldBodyBytes > highWater)
                gate.open()
                while sent < total {
                    try client.send(Array(piece.prefix(total - sent)))
                    sent += min(piece.count, total - sent)
                }
                #expect(try client.readAnswer().text == "\(total)")
                #expect(server.metrics.peakHeldBodyBytes <= highWater + 64 * 1024)
                #expect(server.metrics.heldBodyBytes == 0)
            })
    }

    @Test func `over its limit throws, and the refusal is sent instead of the answer`() async throws {
        try await withServer(
            { _ in },
            { _ in
                .stream(limit: 4) { _, stream in
                    do {
                        for try await _ in stream {}
                        return .text("all of it")
                    } catch {
                        return .text("\(error)")
                    }
                }
            },
            { _, port in
                for body in [
                    "Content-Length: 5\r\n\r\n12345", "Transfer-Encoding: chunked\r\n\r\n5\r\n12345\r\n0\r\n\r\n",
                    "Transfer-Encoding: chunked\r\n\r\nx",
                ] {
                    let client = try RawClient(port)
                    try client.send("POST / HTTP/1.1\r\nHost: a\r\n\(body)")
                    let answer = try client.readAnswer()
                    #expect(answer.status == (body.hasSuffix("x") ? 400 : 413))
                    #expect(answer.text.hasSuffix("!"))
                }
            })
    }

    @Test func `that is not read is dropped, or ends the connection`() async throws {
        try await withServer({ _ in }, { _ in .stream(limit: 1 << 30) { _, _ in .text("no thanks") } }) { _, port in
            let client = try RawClient(port)
            try client.send(
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabcPOST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9999999\r\n\r\n"
            )
            #expect(try client.readAnswer().header("connection") == nil)
            #expect(try client.readAnswer().header("connection") == "close")
            client.finishSending()
            #expect(client.readToEnd().isEmpty)
        }
    }

    @Test func `ends with an error when the client vanishes`() async throws {
        let seen = Mutex<BodyError?>(nil)
        let done = Signal()
        try await withServer(
            { _ in },
            { _ in
                .stream(limit: 1000) { _, stream in
                    do { for try await _ in stream {} } catch { seen.withLock { $0 = error as? BodyError } }
                    done.set()
                    return .text("nobody")
                }
            },
            { server, port in
                let client = try RawClient(port)
                try client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc")
                wait { server.metrics.suspendedReaders == 1 }
                client.close()
                done.waitBlocking()
                #expect(seen.withLock { $0 } == .disconnected)
                wait { server.metrics.open == 0 && server.metrics.runningTasks == 0 }
                #expect(server.metrics.suspendedReaders == 0)
            })
    }

    @Test func `can be read from outside the loop`() async throws {
        try await withServer(
            { _ in },
            { _ in
                .stream(limit: 1 << 24) { request, stream in
                    let count = await Task.detached { () -> Int in
                        var count = 0
                        do { for try await chunk in stream { count += chunk.count } } catch { return -1 }
                        return request.loop.isCurrent ? -2 : count
                    }.value
                    return .text("\(count)")
                }
            },
            { _, port in
                let client = try RawClient(port)
                try client.send(
                    Array("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n".utf8)
                        + [UInt8](repeating: 1, count: 1_000_000))
                #expect(try client.readAnswer().text == "1000000")
            })
    }
}
