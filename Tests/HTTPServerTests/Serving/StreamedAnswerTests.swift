import Synchronization
import Testing

@testable import HTTPServer

@Suite struct `A streamed answer` {
    struct Trouble: Error {}

    private static let routes: @Sendable (Request) -> Reception = { request in
        func stream(_ length: Int?, _ write: @escaping @Sendable (BodyWriter) async throws -> Void) -> Reception {
            .answer(Response(status: 200, body: .stream(length: length, write)))
        }
        switch request.string(request.path) {
        case "/chunks":
            return stream(nil) { writer in for number in 0..<3 { try await writer.write("part \(number),") } }
        case "/slow":
            return .later { _ in
                await Task.yield()
                return Response(
                    status: 200,
                    body: .stream(length: nil) { writer in
                        for number in 0..<3 {
                            try await writer.write("part \(number),")
                            await Task.yield()
                        }
                    })
            }
        case "/empty": return stream(nil) { _ in }
        case "/length":
            return stream(6) { writer in
                try await writer.write("abc")
                try await writer.write("def")
            }
        case "/short": return stream(6) { writer in try await writer.write("abc") }
        case "/long":
            return stream(3) { writer in
                try await writer.write("abc")
                try await writer.write("def")
            }
        case "/throws":
            return stream(nil) { writer in
                try await writer.write("abc")
                throw Trouble()
            }
        case "/detached":
            return stream(nil) { writer in
                try await Task.detached { for number in 0..<100 { try await writer.write("\(number),") } }.value
            }
        default: return .answer(.text("plain"))
        }
    }

    private func served(_ body: @escaping @Sendable (UInt16) throws -> Void) async throws {
        try await withServer({ _ in }, Self.routes) { _, port in try body(port) }
    }

    private static func get(_ path: String, version: String = "1.1", method: String = "GET") -> String {
        "\(method) \(path) HTTP/\(version)\r\nHost: a\r\n\r\n"
    }

    @Test func `is chunked, and the connection lives on`() async throws {
        try await served { port in
            let client = try RawClient(port)
            try client.send(["/chunks", "/slow", "/empty", "/detached", "/"].map { Self.get($0) }.joined())
            for _ in 0..<2 {
                let answer = try client.readAnswer()
                #expect(answer.header("transfer-encoding") == "chunked")
                #expect(answer.header("content-length") == nil)
                #expect(answer.text == "part 0,part 1,part 2,")
            }
            #expect(try client.readAnswer().text == "")
            #expect(try client.readAnswer().text == (0..<100).map { "\($0)," }.joined())
            #expect(try client.readAnswer().text == "plain")
        }
    }

    @Test func `has its length where it is known`() async throws {
        try await served { port in
            let client = try RawClient(port)
            try client.send(Self.get("/length") + Self.get("/"))
            let answer = try client.readAnswer()
            #expect(answer.header("content-length") == "6")
            #expect(answer.header("transfer-encoding") == nil)
            #expect(answer.text == "abcdef")
            #expect(try client.readAnswer().text == "plain")
        }
    }

    @Test func `to HTTP 1.0 ends with the connection`() async throws {
        try await served { port in
            let client = try RawClient(port)
            try client.send("GET /slow HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
            let answer = try client.readAnswer()
            #expect(answer.header("transfer-encoding") == nil)
            #expect(answer.header("connection") == "close")
            #expect(answer.text == "part 0,part 1,part 2,")
        }
    }

    @Test func `to HEAD is not run`() async throws {
        try await served { port in
            let client = try RawClient(port)
            try client.send(Self.get("/throws", method: "HEAD") + Self.get("/length", method: "HEAD") + Self.get("/"))
            #expect(try client.readAnswer(toHead: true).header("transfer-encoding") == "chunked")
            #expect(try client.readAnswer(toHead: true).header("content-length") == "6")
            #expect(try client.readAnswer().text == "plain")
        }
    }

    @Test(arguments: ["/throws", "/short"])
    func `that breaks off closes without its end`(_ path: String) async throws {
        try await served { port in
            let client = try RawClient(port)
            try client.send(Self.get(path) + Self.get("/"))
            let all = client.readTextToEnd()
            #expect(all.contains("abc"))
            #expect(!all.contains("\r\n0\r\n"))
            #expect(!all.contains("plain"))
        }
    }

    @Test func `cannot be longer than it said`() async throws {
        try await served { port in
            let client = try RawClient(port)
            try client.send(Self.get("/long"))
            #expect(client.readTextToEnd().hasSuffix("\r\n\r\nabc"))
        }
    }

    @Test func `waits for a slow reader and holds little meanwhile`() async throws {
        let piece = [UInt8](repeating: 7, count: 10_000)
        let pieces = 1_500
        let highWater = 64 * 1024
        let written = Atomic<Int>(0)
        try await withServer(
            {
                $0.loops = 1
                $0.unsentHighWaterBytes = highWater
            },
            { _ in
                .answer(
                    Response(
                        status: 200,
                        body: .stream(length: nil) { writer in
                            for _ in 0..<pieces {
                                try await writer.write(piece)
                                written.add(1, ordering: .sequentiallyConsistent)
                            }
                        }))
            },
            { server, port in
                let client = try RawClient(port, receiveBuffer: 65_536)
                try client.send(Self.get("/"))
                // It may wait now and then while the kernel's buffers still fill; once they are full it stays so.
                wait { server.metrics.suspendedWriters == 1 && server.metrics.unsentBytes > highWater / 2 }
                #expect(written.load(ordering: .sequentiallyConsistent) < pieces)
                #expect(try client.readAnswer().body.count == piece.count * pieces)
                #expect(server.metrics.peakUnsentBytes <= highWater + piece.count + 1024)
                wait { server.metrics.unsentBytes == 0 && server.metrics.suspendedWriters == 0 }
            })
    }

    @Test func `leaves the others of its loop their turn, however fast it is read`() async throws {
        let piece = [UInt8](repeating: 7, count: 10_000)
        let written = Mutex<[UInt32: Int]>([:])
        try await withServer(
            { $0.loops = 1 },
            { request in
                .answer(
                    Response(
                        status: 200,
                        body: .stream(length: 3_000_000) { writer in
                            for _ in 0..<300 {
                                let round = request.loop.round
                                written.withLock { $0[round, default: 0] += piece.count }
                                try await writer.write(piece)
                            }
                        }))
            },
            { _, port in
                let client = try RawClient(port)
                try client.send(Self.get("/"))
                #expect(try client.readAnswer().body.count == 3_000_000)
            })
        #expect(written.withLock { $0.values.max() ?? 0 } <= 64 * 1024 + piece.count)
    }

    @Test func `is held back sooner when all together wait for much`() async throws {
        let piece = [UInt8](repeating: 7, count: 4_000)
        let lowWater = 8 * 1024
        try await withServer(
            {
                $0.loops = 1
                $0.unsentBudgetBytes = 20_000
                $0.unsentLowWaterBytes = lowWater
                // Those that are read last wait long on a busy machine.
                $0.sendTimeout = .seconds(3600)
            },
            { _ in
                .answer(
                    Response(
                        status: 200,
                        body: .stream(length: nil) { writer in for _ in 0..<4_000 { try await writer.write(piece) } }))
            },
            { server, port in
                let clients = try (0..<8).map { _ in try RawClient(port, receiveBuffer: 65_536) }
                for client in clients { try client.send(Self.get("/")) }
                wait { server.metrics.suspendedWriters == 8 }
                // The first to come may have taken as much as fits the budget, all others their low water.
                #expect(server.metrics.peakUnsentBytes <= 20_000 + 8 * (lowWater + piece.count + 64))
                for client in clients { #expect(try client.readAnswer().body.count == piece.count * 4_000) }
                wait { server.metrics.unsentBytes == 0 && server.metrics.suspendedWriters == 0 }
            })
    }

    @Test func `is cancelled when the client goes away while it waits`() async throws {
        let seen = Mutex<(any Error)?>(nil)
        let done = Signal()
        try await withServer(
            { _ in },
            { _ in
                .answer(
                    Response(
                        status: 200,
                        body: .stream(length: nil) { writer in
                            defer { done.set() }
                            do { while true { try await writer.write([UInt8](repeating: 1, count: 100_000)) } } catch {
                                seen.withLock { $0 = error }
                                throw error
                            }
                        }))
            },
            { server, port in
                let client = try RawClient(port, receiveBuffer: 65_536)
                try client.send(Self.get("/"))
                wait { server.metrics.suspendedWriters == 1 }
                client.reset()
                done.waitBlocking()
                #expect(seen.withLock { $0 as? BodyError } == .disconnected)
                wait { server.metrics.open == 0 && server.metrics.runningTasks == 0 }
                #expect(server.metrics.unsentBytes == 0)
            })
    }

    @Test func `can be fed by another connection's handler`() async throws {
        let writers = Mutex<[BodyWriter]>([])
        let gate = Gate()
        try await withServer(
            { $0.loops = 1 },
            { request in
                if request.method == .post {
                    return .later { _ in
                        for writer in writers.withLock({ $0 }) { try? await writer.write("news") }
                        return .text("told")
                    }
                }
                return .answer(
                    Response(
                        status: 200,
                        body: .stream(length: nil) { writer in
                            writers.withLock { $0.append(writer) }
                            await gate.wait()
                        }))
            },
            { server, port in
                let listeners = try (0..<3).map { _ in try RawClient(port) }
                for listener in listeners { try listener.send(Self.get("/")) }
                wait { server.metrics.runningTasks == 3 }
                let speaker = try RawClient(port)
                try speaker.send("POST / HTTP/1.1\r\nHost: a\r\n\r\n")
                #expect(try speaker.readAnswer().text == "told")
                for listener in listeners { #expect(try listener.read(through: "news\r\n").contains("chunked")) }
                gate.open()
                for listener in listeners { #expect(try listener.read(through: "0\r\n\r\n") == "0\r\n\r\n") }
            })
    }
}
