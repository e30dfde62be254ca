import Testing

@testable import HTTPServer

@Suite struct `The client and a peer that misbehaves` {
    @Test(arguments: [
        ("garbage\r\n\r\n", ClientError.malformed(.statusLine)), ("", .disconnected),
        ("HTTP/1.1 200", .malformed(.cutOff)),
        ("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabc", .malformed(.cutOff)),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n", .malformed(.cutOff)),
        ("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef", .malformed(.length)),
        ("HTTP/1.1 200 OK\r\nX: \(String(repeating: "x", count: 20_000))", .headTooLarge),
        ("HTTP/1.1 200 OK\r\nContent-Length: 1048577\r\n\r\n", .bodyTooLarge),
        ("HTTP/1.1 200 OK\r\n\r\n\(String(repeating: "x", count: 1_100_000))", .bodyTooLarge),
    ])
    func `is not believed`(answer: String, error: ClientError) async throws {
        let peer = try RawPeer()
        try await withClient { client in
            async let served: Void = peer.answerOnce(answer)
            #expect(await failure(client, try .get("http://a.example:\(peer.port)/")) == error)
            try await served
            await onThread { wait { client.metrics.connections == 0 } }
        }
    }

    @Test func `that sends more than its answer is not asked again on that connection`() async throws {
        let peer = try RawPeer()
        try await withClient { client in
            for text in [
                "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\naHTTP/1.1 200 OK\r\n", "HTTP/1.0 200 OK\r\n\r\na",
            ] {
                async let served: Void = peer.answerOnce(text)
                #expect(try await client.send(.get("http://a.example:\(peer.port)/")).body == [97])
                try await served
            }
            await onThread { wait { client.metrics.connections == 0 } }
        }
    }

    /// Answers once, then closes the connection when the next request has come, and answers another connection.
    private static func forgetful(_ peer: RawPeer) async throws -> [String] {
        try await onThread {
            Result {
                let first = try peer.accept()
                var heads = [try first.read(through: "\r\n\r\n")]
                try first.send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n1")
                heads.append(try first.read(through: "\r\n\r\n"))
                first.close()
                let second = try peer.accept()
                heads.append(try second.read(through: "\r\n\r\n"))
                try second.send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n2")
                return heads
            }
        }.get()
    }

    @Test func `that closes a used connection is asked again, once`() async throws {
        let peer = try RawPeer()
        try await withClient { client in
            async let heads = Self.forgetful(peer)
            let request = try ClientRequest.get("http://a.example:\(peer.port)/")
            #expect(try await client.send(request).body == [49])
            #expect(try await client.send(request).body == [50])
            #expect(try await heads.count == 3)
        }
    }

    @Test func `that closes a used connection gets nothing twice that must not be repeated`() async throws {
        let peer = try RawPeer()
        try await withClient { client in
            async let heads = Self.forgetful(peer)
            let url = try #require(ClientURL("http://a.example:\(peer.port)/"))
            var request = ClientRequest("POST", url, policy: .anything)
            #expect(try await client.send(request).body == [49])
            #expect(await failure(client, request) == .disconnected)
            #expect(!peer.hasWaiting)
            // Unless the caller knows better.
            request.isIdempotent = true
            #expect(try await client.send(request).body == [50])
            _ = try await heads
        }
    }

    @Test func `that closes an idle connection is noticed before it is used`() async throws {
        let peer = try RawPeer()
        try await withClient { client in
            let url = try #require(ClientURL("http://a.example:\(peer.port)/"))
            for _ in 0..<3 {
                async let served: Void = peer.answerOnce("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n1")
                #expect(try await client.send(ClientRequest("POST", url, policy: .anything)).body == [49])
                try await served
                await onThread { wait { client.metrics.connections == 0 } }
            }
        }
    }

    @Test func `that answers early is heard, though it reads no further`() async throws {
        let peer = try RawPeer()
        try await withClient { client in
            async let served: Void = onThread {
                Result {
                    let client = try peer.accept()
                    _ = try client.read(through: "\r\n\r\n")
                    try client.send("HTTP/1.1 413 Content Too Large\r\nContent-Length: 0\r\n\r\n")
                    _ = client.readToEnd()
                }
            }.get()
            let url = try #require(ClientURL("http://a.example:\(peer.port)/"))
            var request = ClientRequest("POST", url, policy: .anything)
            request.body = [UInt8](repeating: 1, count: 20_000_000)
            #expect(try await client.send(request).status == 413)
            try await served
        }
    }
}
