import Glibc
import Synchronization
import Testing

@testable import HTTPServer

@Suite struct `Reading a form` {
    @Test(arguments: [1, 7, 64, 100_000])
    func `gives its parts in pieces`(_ size: Int) async throws {
        let content = String(repeating: "line\r\n--b0\r\n", count: 1000)
        let reader = Self.reader(Self.form(["a": "1", "b": content, "c": ""]), pieces: size)
        var parts: [String: String] = [:]
        while let part = try await reader.nextPart() {
            var bytes: [UInt8] = []
            while let piece = try await reader.nextBytes() {
                #expect(!piece.isEmpty)
                bytes += piece
            }
            parts[part.name] = String(decoding: bytes, as: UTF8.self)
        }
        #expect(parts == ["a": "1", "b": content, "c": ""])
        #expect(try await reader.nextPart() == nil)
        #expect(try await reader.nextBytes() == nil)
    }

    @Test func `skips what is not read`() async throws {
        let reader = Self.reader(Self.form(["a": "1", "b": "2", "c": "3"]), pieces: 3)
        var names: [String] = []
        while let part = try await reader.nextPart() { names.append(part.name) }
        #expect(names == ["a", "b", "c"])
    }

    @Test func `ends with the body, behind the epilogue`() async throws {
        let left = Mutex<[[UInt8]]>([Array("--b0-und--\r\n".utf8), Array("more".utf8), Array("more".utf8)])
        let reader = MultipartReader(boundary: FormCase.boundary) {
            left.withLock { $0.isEmpty ? nil : $0.removeFirst() }
        }
        #expect(try await reader.nextPart() == nil)
        #expect(left.withLock { $0.isEmpty })
    }

    @Test func `tells what is wrong with it`() async throws {
        let reader = Self.reader(Array(Self.form(["a": "1"]).dropLast(4)), pieces: 5)
        #expect(try await reader.nextPart()?.name == "a")
        await #expect(throws: MultipartFault.unfinished) { while try await reader.nextPart() != nil {} }
        // It stays so.
        await #expect(throws: MultipartFault.unfinished) { try await reader.nextPart() }
    }

    @Test func `holds little of a large upload, and nothing when the client goes away`() async throws {
        let highWater = 32 * 1024
        let gate = Gate()
        let ended = Mutex<String?>(nil)
        try await withServer(
            {
                $0.loops = 1
                $0.bodyHighWaterBytes = highWater
            },
            { _ in
                .stream(limit: 1 << 30) { _, stream in
                    let reader = MultipartReader(boundary: FormCase.boundary) { try await stream.next() }
                    var count = 0
                    do {
                        while try await reader.nextPart() != nil {
                            await gate.wait()
                            while let piece = try await reader.nextBytes() { count += piece.count }
                        }
                        return .text("\(count)")
                    } catch {
                        ended.withLock { $0 = "\(error)" }
                        return .text("\(error)")
                    }
                }
            },
            { server, port in
                let content = [UInt8](repeating: 13, count: 20_000_000)
                let head = Array("--b0-und\r\nContent-Disposition: form-data; name=f; filename=x\r\n\r\n".utf8)
                let tail = Array("\r\n--b0-und--\r\n".utf8)
                let total = head.count + content.count + tail.count
                let start = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: \(total)\r\n\r\n"
                let client = try RawClient(port)
                try client.send(Array(start.utf8) + head)
                wait { server.metrics.runningTasks == 1 }
                gate.open()
                try client.send(content)
                try client.send(tail)
                #expect(try client.readAnswer().text == "\(content.count)")
                #expect(server.metrics.peakHeldBodyBytes <= highWater + 64 * 1024)

                wait { server.metrics.runningTasks == 0 }
                let other = try RawClient(port)
                try other.send(Array(start.utf8) + head + content[..<100_000])
                wait { server.metrics.runningTasks == 1 }
                other.close()
                wait { server.metrics.runningTasks == 0 }
                #expect(ended.withLock { $0 } == "disconnected")
                #expect(server.metrics.heldBodyBytes == 0)
            })
    }

    static func form(_ fields: KeyValuePairs<String, String>) -> [UInt8] {
        Array(
            (fields.map { "--b0-und\r\nContent-Disposition: form-data; name=\"\($0)\"\r\n\r\n\($1)\r\n" }.joined()
                + "--b0-und--\r\n").utf8)
    }

    static func reader(_ bytes: [UInt8], pieces size: Int) -> MultipartReader {
        let at = Mutex(0)
        return MultipartReader(boundary: FormCase.boundary) {
            at.withLock { at in
                guard at < bytes.count else { return nil }
                let end = min(bytes.count, at + size)
                defer { at = end }
                return Array(bytes[at..<end])
            }
        }
    }
}
