import Synchronization
import Testing

@testable import HTTPServer

@Suite struct `The client's content that is made while it is sent` {
    /// Says how the body was framed, how long it is, and what its checksum is.
    private static func summary(_ request: Request) -> Reception {
        .stream(limit: 100_000_000) { request, body in
            var sum = Checksum()
            do { for try await chunk in body { sum.add(chunk) } } catch { return .text("\(error)", status: 500) }
            let framing = request.contentLength.map { "\($0)" } ?? "chunked"
            return .text("\(framing) \(sum.count) \(sum.value)")
        }
    }

    private static func summary(_ framing: String, of content: [UInt8]) -> String {
        var sum = Checksum()
        sum.add(content)
        return "\(framing) \(sum.count) \(sum.value)"
    }

    private static func post(_ base: String, _ upload: ClientUpload?) throws -> ClientRequest {
        var request = try ClientRequest.get(base + "/")
        request.method = "POST"
        request.upload = upload
        return request
    }

    @Test func `arrives whole, with a length or in chunks, on one connection`() async throws {
        try await `The client`.withServer {
            Self.summary($0)
        } _: { server, base in
            try await withClient { client in
                for (count, size) in [(0, 10), (1, 1), (5000, 1), (1_000_000, 65_536), (3_000_000, 1_000_000)] {
                    let content = Checksum.sample(count)
                    for length in [count, nil] {
                        let blocks = Blocks(content, of: size)
                        let answer = try await client.send(Self.post(base, blocks.upload(length: length)))
                        let framing = length.map { "\($0)" } ?? "chunked"
                        #expect(String(decoding: answer.body, as: UTF8.self) == Self.summary(framing, of: content))
                        #expect(blocks.begun == 1 && blocks.made == count)
                    }
                }
                #expect(server.metrics.accepted == 1)
            }
        }
    }

    @Test func `is made only as fast as it is taken`() async throws {
        let content = Checksum.sample(64 << 20)
        let blocks = Blocks(content, of: 64 << 10)
        let worst = Atomic<Int>(0)
        try await `The client`.withServer { _ in
            .stream(limit: 100_000_000) { _, body in
                // Nothing is taken until some of it is made, and then little at a time.
                while blocks.made < 1 << 20 { await Task.yield() }
                var count = 0
                do {
                    for try await chunk in body {
                        count += chunk.count
                        worst.max(blocks.made - count, ordering: .sequentiallyConsistent)
                    }
                } catch { return .text("\(error)", status: 500) }
                return .text("\(count)")
            }
        } _: { _, base in
            try await withClient { client in
                let answer = try await client.send(Self.post(base, blocks.upload(length: nil)))
                #expect(String(decoding: answer.body, as: UTF8.self) == "\(content.count)")
                // What the kernel holds at both ends, and a little of ours.
                #expect(worst.load(ordering: .sequentiallyConsistent) < 24 << 20)
            }
        }
    }

    @Test func `that is not as announced ends the request and its connection`() async throws {
        try await `The client`.withServer {
            Self.summary($0)
        } _: { server, base in
            try await withClient { client in
                let sample = Checksum.sample(1000)
                for (upload, error) in [
                    (Blocks(sample, of: 300).upload(length: 1001), "fewer bytes than announced"),
                    (Blocks(sample, of: 300).upload(length: 999), "more bytes than announced"),
                    (Blocks(sample, of: 300, failsAt: 600).upload(length: 1000), "no more of it"),
                    (Blocks(sample, of: 300, failsAt: 600).upload(length: nil), "no more of it"),
                ] { #expect(await failure(client, try Self.post(base, upload)) == .content(error)) }
                await onThread { wait { client.metrics.connections == 0 } }
                var both = try Self.post(base, Blocks(sample, of: 300).upload(length: nil))
                both.body = [1]
                #expect(await failure(client, both) == .invalidRequest)
                let answer = try await client.send(Self.post(base, Blocks(sample, of: 300).upload(length: 1000)))
                #expect(answer.status == 200)
                // A loop may come to the closed ones later than another to this one.
                await onThread { wait { server.metrics.accepted >= 5 } }
                #expect(server.metrics.accepted == 5)
            }
        }
    }

    @Test func `is not made to its end for an answer that comes before`() async throws {
        let blocks = Blocks(Checksum.sample(64 << 20), of: 64 << 10)
        try await `The client`.withServer { _ in
            .body(limit: 100) { _, _ in .now(.text("")) }
        } _: { _, base in
            try await withClient { client in
                let answer = try await client.send(Self.post(base, blocks.upload(length: 64 << 20)))
                #expect(answer.status == 413)
                await onThread { wait { blocks.open == 0 } }
                #expect(blocks.made < 64 << 20)
                await onThread { wait { client.metrics.connections == 0 } }
            }
        }
    }

    @Test func `is no longer made once nobody waits for the answer`() async throws {
        let blocks = Blocks(Checksum.sample(64 << 20), of: 64 << 10)
        let gate = Gate()
        try await `The client`.withServer { _ in
            .stream(limit: 100_000_000) { _, _ in
                await gate.wait()
                return .text("")
            }
        } _: { _, base in
            try await withClient { client in
                let request = try Self.post(base, blocks.upload(length: nil))
                let task = Task { await failure(client, request) }
                await onThread { wait { blocks.made > 0 } }
                task.cancel()
                #expect(await task.value == .cancelled)
                await onThread { wait { blocks.open == 0 } }
                var hasty = request
                hasty.totalTimeout = .milliseconds(100)
                #expect(await failure(client, hasty) == .timedOut(.total))
                await onThread { wait { blocks.open == 0 } }
                #expect(blocks.made < 64 << 20)
            }
            gate.open()
        }
    }

    @Test func `is made again for a redirect that keeps it, and not for one that does not`() async throws {
        try await `The client`.withServer { request in
            var moved = Response(status: request.isAt("/kept") ? 307 : 303)
            moved.headers.add("location", "/")
            if request.isAt("/") { return request.method == .post ? Self.summary(request) : .answer(.text("got")) }
            let answer = moved
            return .body(limit: 10_000) { _, _ in .now(answer) }
        } _: { _, base in
            try await withClient { client in
                let content = Checksum.sample(5000)
                for (path, text, begun) in [
                    ("/kept", Self.summary("chunked", of: content), 2), ("/dropped", "got", 1),
                ] {
                    let blocks = Blocks(content, of: 1000)
                    var request = try Self.post(base + path, blocks.upload(length: nil))
                    request.url = try #require(ClientURL(base + path))
                    request.redirectLimit = 1
                    #expect(String(decoding: try await client.send(request).body, as: UTF8.self) == text)
                    #expect(blocks.begun == begun)
                }
            }
        }
    }

    @Test func `is made again when a used connection turns out to be closed`() async throws {
        let peer = try RawPeer()
        try await withClient { client in
            async let heads = onThread {
                Result {
                    let first = try peer.accept()
                    _ = try first.read(through: "\r\n\r\n")
                    try first.send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n1")
                    _ = try first.read(through: "abc")
                    first.close()
                    let second = try peer.accept()
                    let text = try second.read(through: "0\r\n\r\n")
                    try second.send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n2")
                    return text
                }
            }.get()
            let base = "http://a.example:\(peer.port)"
            #expect(try await client.send(.get(base + "/")).body == [49])
            let blocks = Blocks(Array("abcdefgh".utf8), of: 3)
            var request = try Self.post(base, blocks.upload(length: nil))
            request.isIdempotent = true
            #expect(try await client.send(request).body == [50])
            #expect(try await heads.hasSuffix("\r\n\r\n3\r\nabc\r\n3\r\ndef\r\n2\r\ngh\r\n0\r\n\r\n"))
            #expect(blocks.begun == 2)
        }
    }
}

extension Request {
    /// Whether the path is this.
    func isAt(_ path: String) -> Bool { string(self.path) == path }
}
