import Synchronization
import Testing

@testable import HTTPServer

@Suite struct `The client's answers that are read as they come` {
    /// `/n` bytes, with a length or, under `/chunked`, without.
    private static func bytes(_ request: Request) -> Reception {
        let path = request.string(request.path)
        let count = Int(path.split(separator: "/").last ?? "") ?? 0
        let content = Response.Body.stream(length: path.hasPrefix("/chunked") ? nil : count) { writer in
            var left = count
            while left > 0 {
                let size = min(left, 50_000)
                try await writer.write([UInt8](repeating: UInt8(ascii: "x"), count: size))
                left -= size
            }
        }
        return .answer(Response(status: 200, body: content))
    }

    private static func read(_ stream: ClientStream) async -> (count: Int, error: ClientError?) {
        var count = 0
        do throws(ClientError) {
            for try await chunk in stream.content { count += chunk.count }
            return (count, nil)
        } catch { return (count, error) }
    }

    private static func get(_ url: String) throws -> ClientRequest {
        var request = try ClientRequest.get(url)
        request.bodyLimit = 100_000_000
        return request
    }

    @Test func `come whole, and leave the connection to the next`() async throws {
        try await `The client`.withServer {
            Self.bytes($0)
        } _: { server, base in
            try await withClient { client in
                for path in ["/0", "/1", "/5000000", "/chunked/0", "/chunked/5000000"] {
                    let stream = try await client.stream(Self.get(base + path))
                    #expect(stream.answer.status == 200 && stream.answer.body.isEmpty)
                    let (count, error) = await Self.read(stream)
                    #expect("/\(count)" == path.suffix("/\(count)".count) && error == nil)
                }
                #expect(try await client.send(Self.get(base + "/10")).body.count == 10)
                #expect(server.metrics.accepted == 1)
            }
        }
    }

    @Test func `are not read faster than they are wanted`() async throws {
        try await `The client`.withServer {
            Self.bytes($0)
        } _: { server, base in
            try await withClient { client in
                let stream = try await client.stream(Self.get(base + "/60000000"))
                // The server waits: nobody takes what it has.
                await onThread { wait { server.metrics.suspendedWriters == 1 } }
                // Another request is not held up.
                #expect(try await client.send(Self.get(base + "/10")).body.count == 10)
                #expect(await Self.read(stream) == (60_000_000, nil))
                #expect(server.metrics.accepted == 2)
            }
        }
    }

    @Test func `that nobody wants to the end are given up`() async throws {
        try await `The client`.withServer {
            Self.bytes($0)
        } _: { server, base in
            try await withClient { client in
                do {
                    let stream = try await client.stream(Self.get(base + "/60000000"))
                    var iterator = stream.content.makeAsyncIterator()
                    #expect(try await iterator.next()?.isEmpty == false)
                }
                await onThread { wait { server.metrics.open == 0 } }
                await onThread { wait { client.metrics.connections == 0 } }
            }
        }
    }

    @Test func `are bounded in size and time`() async throws {
        let gate = Gate()
        try await `The client`.withServer { request in
            guard request.isAt("/slow") else { return Self.bytes(request) }
            return .answer(
                Response(
                    status: 200,
                    body: .stream(length: nil) { writer in
                        try await writer.write("a")
                        await gate.wait()
                    }))
        } _: { _, base in
            try await withClient { client in
                for path in ["/300000", "/chunked/300000"] {
                    var request = try Self.get(base + path)
                    request.bodyLimit = 200_000
                    do throws(ClientError) {
                        let (count, error) = await Self.read(try await client.stream(request))
                        #expect(error == .bodyTooLarge && count <= 200_000)
                    } catch { #expect(error == .bodyTooLarge) }
                }
                var hasty = try Self.get(base + "/slow")
                hasty.totalTimeout = .milliseconds(200)
                do throws(ClientError) {
                    #expect(await Self.read(try await client.stream(hasty)).error == .timedOut(.total))
                } catch { #expect(error == .timedOut(.total)) }
                // Its task is cancelled while it waits.
                let stream = try await client.stream(Self.get(base + "/slow"))
                let task = Task { await Self.read(stream) }
                task.cancel()
                #expect(await task.value.error == .cancelled)
                gate.open()
                #expect(client.metrics.connections == 1)
            }
        }
    }

    @Test func `say when they are cut off`() async throws {
        let peer = try RawPeer()
        try await withClient { client in
            async let served: Void = peer.answerOnce("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabc")
            let stream = try await client.stream(Self.get("http://a.example:\(peer.port)/"))
            #expect(await Self.read(stream) == (3, .malformed(.cutOff)))
            try await served
        }
    }

    @Test func `follow redirects, and end with the client`() async throws {
        let gate = Gate()
        try await `The client`.withServer { request in
            if request.isAt("/moved") {
                var moved = Response(status: 302, body: .bytes(Array("elsewhere".utf8)))
                moved.headers.add("location", "/70000")
                return .answer(moved)
            }
            return Self.bytes(request)
        } _: { server, base in
            let trust = try await onThread { Result { try Authority.shared.trust } }.get()
            let client = HTTPClient(ClientConfiguration(resolver: { _ in [loopback] }, trust: trust))
            var request = try Self.get(base + "/moved")
            request.redirectLimit = 1
            #expect(await Self.read(try await client.stream(request)) == (70_000, nil))
            let stream = try await client.stream(Self.get(base + "/60000000"))
            await onThread { wait { server.metrics.suspendedWriters == 1 } }
            await client.close()
            #expect(await Self.read(stream).error == .closed)
            gate.open()
        }
    }

    @Test func `go both ways over TLS`() async throws {
        let authority = try await onThread { Result { try Authority.shared } }.get()
        let identity = try await onThread { Result { try authority.identity("DNS:a.example") } }.get()
        let certificates = TLSCertificates()
        certificates.use([.init(owner: "a", names: ["a.example"], identity: identity)])
        try await `The client`.withServer {
            $0.listeners = [.init(isSecure: true)]
            $0.tls = TLSConfiguration(certificates: certificates)
        } _: { _ in
            .stream(limit: 10_000_000) { _, body in
                var whole: [UInt8] = []
                do { for try await chunk in body { whole += chunk } } catch { return .text("\(error)", status: 500) }
                return Response(status: 200, body: .bytes(whole))
            }
        } _: { server, base in
            try await withClient(trust: authority.trust) { client in
                let content = Checksum.sample(4_000_000)
                var request = try Self.get("https" + base.dropFirst(4) + "/")
                request.method = "PUT"
                request.upload = Blocks(content, of: 33_333).upload(length: nil)
                for _ in 0..<2 {
                    let stream = try await client.stream(request)
                    var sum = Checksum()
                    for try await chunk in stream.content { sum.add(chunk) }
                    var expected = Checksum()
                    expected.add(content)
                    #expect(sum.value == expected.value && sum.count == expected.count)
                }
                #expect(server.metrics.accepted == 1)
            }
        }
    }
}
