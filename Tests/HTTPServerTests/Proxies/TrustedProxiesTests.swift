import Testing

@testable import HTTPServer

/// 10.0.0.0/8 and `2001:db8::/32` are the operator's proxies; 10.0.0.1 is the one next to the server.
@Suite struct `The word of proxies` {
    struct Case: CustomTestStringConvertible, Sendable {
        var fields: String
        /// The client's address, `+` or `-` for secure or not, and the host if it changed.
        var expected: String
        var testDescription: String { fields.debugDescription }

        init(_ fields: String, _ expected: String) {
            self.fields = fields
            self.expected = expected
        }
    }

    private static let proxies = TrustedProxies(["10.0.0.0/8", "2001:db8::/32"].compactMap { AddressBlock($0) })

    private static func client(_ fields: String, peer: String = "10.0.0.1") throws -> String {
        let text = "GET / HTTP/1.1\r\nHost: own\r\n" + fields + "\r\n"
        var head = try HeadParser.parse(Array(text.utf8), limits: RequestLimits())
        let proxies = try #require(proxies)
        let client = proxies.client(of: &head, peer: try #require(SocketAddress(host: peer, port: 7)))
        var parts = [client.address.host]
        if let isSecure = client.isSecure { parts.append(isSecure ? "+" : "-") }
        let host = head.host.map { String(decoding: head.bytes[$0], as: UTF8.self) } ?? ""
        if host != "own" { parts.append(host + (head.port.map { ":\($0)" } ?? "")) }
        return parts.joined(separator: " ")
    }

    @Test(arguments: [
        // RFC 7239 §4, §5.
        Case("Forwarded: for=192.0.2.60;proto=http;by=203.0.113.43\r\n", "192.0.2.60 -"),
        Case("Forwarded: For=\"[2001:db9:cafe::17]:4711\"\r\n", "2001:db9:cafe::17"),
        Case("Forwarded: for=192.0.2.43, for=198.51.100.17\r\n", "198.51.100.17"),
        Case("Forwarded: for=\"192.0.2.43:47011\";host=Portal.Example;proto=https\r\n", "192.0.2.43 + portal.example"),
        Case("Forwarded: for=192.0.2.43;host=\"portal.example:8443\"\r\n", "192.0.2.43 portal.example:8443"),
        Case("Forwarded: for=192.0.2.43;;\r\n", "10.0.0.1"),
        Case("Forwarded: for=192.0.2.43;\r\n", "192.0.2.43"),
        Case("Forwarded: , for=192.0.2.43 ,\r\n", "192.0.2.43"),
        Case("Forwarded: for=192.0.2.43 ; proto=https\r\n", "192.0.2.43 +"),
        Case("Forwarded: for=\"192.0.2.43:_secret\"\r\n", "192.0.2.43"),
        Case("Forwarded: secret=\"a,b;c\";for=192.0.2.43\r\n", "192.0.2.43"),
        // Through several proxies of the operator's, over one field or several.
        Case("Forwarded: for=192.0.2.1;proto=https;host=a, for=10.0.0.3;proto=http\r\n", "192.0.2.1 + a"),
        Case("Forwarded: for=192.0.2.1\r\nForwarded: for=10.0.0.3\r\n", "192.0.2.1"),
        Case("Forwarded: for=6.6.6.6, for=192.0.2.1, for=\"[2001:db8::3]\"\r\n", "192.0.2.1"),
        Case("Forwarded: for=10.0.0.4, for=10.0.0.3\r\n", "10.0.0.4"),
        // Hidden: no further than who hides it.
        Case("Forwarded: for=unknown;proto=https\r\n", "10.0.0.1 +"),
        Case("Forwarded: for=_hidden, for=10.0.0.3\r\n", "10.0.0.3"),
        Case("Forwarded: for=6.6.6.6, for=_hidden\r\n", "10.0.0.1"),
        Case("Forwarded: proto=https\r\n", "10.0.0.1 +"),
        // Malformed: as if it were not there.
        Case("Forwarded: for=192.0.2.1;for=192.0.2.2\r\n", "10.0.0.1"),
        Case("Forwarded: for=\"192.0.2.1\r\n", "10.0.0.1"),
        Case("Forwarded: for=192.0.2.1 proto=https\r\n", "10.0.0.1"),
        Case("Forwarded: for = 192.0.2.1\r\n", "10.0.0.1"),
        Case("Forwarded: for=\"192.0.\\2.1\"\r\n", "10.0.0.1"),
        Case("Forwarded: for=192.0.2\r\n", "10.0.0.1"),
        Case("Forwarded: for=192.0.2.1:99999\r\n", "10.0.0.1"),
        Case("Forwarded: for=localhost\r\n", "10.0.0.1"),
        Case("Forwarded: for=\"[192.0.2.1]\"\r\n", "10.0.0.1"),
        Case("Forwarded: for=[2001:db9::1]\r\n", "10.0.0.1"),
        Case("Forwarded: for=192.0.2.1;proto=ftp\r\n", "10.0.0.1"),
        Case("Forwarded: 192.0.2.1\r\n", "10.0.0.1"),
        Case("Forwarded: for=192.0.2.1\r\nForwarded: !\r\n", "10.0.0.1"),
        Case("Forwarded: for=192.0.2.1;host=\"a b\"\r\n", "192.0.2.1"),
        Case("Forwarded:\r\n", "10.0.0.1"),
        Case("", "10.0.0.1"),
    ])
    func `counts when it is Forwarded`(_ example: Case) throws {
        #expect(try Self.client(example.fields) == example.expected)
    }

    @Test(arguments: [
        Case("X-Forwarded-For: 192.0.2.1\r\n", "192.0.2.1"),
        Case("X-Forwarded-For: 192.0.2.1:1234\r\n", "192.0.2.1"),
        Case("X-Forwarded-For: 2001:db9::1\r\n", "2001:db9::1"),
        Case("X-Forwarded-For: [2001:db9::1]:1234\r\n", "2001:db9::1"),
        Case("X-Forwarded-For: ::ffff:192.0.2.1\r\n", "192.0.2.1"),
        Case("X-Forwarded-For: 6.6.6.6, 192.0.2.1, 10.0.0.3\r\n", "192.0.2.1"),
        Case("X-Forwarded-For: 6.6.6.6\r\nX-Forwarded-For: 192.0.2.1\r\n", "192.0.2.1"),
        Case("X-Forwarded-For: 192.0.2.1\r\nX-Forwarded-Proto: HTTPS\r\n", "192.0.2.1 +"),
        Case("X-Forwarded-Proto: https\r\n", "10.0.0.1 +"),
        Case("X-Forwarded-For: 192.0.2.1\r\nX-Forwarded-Host: B.Example:81\r\n", "192.0.2.1 b.example:81"),
        Case(
            "X-Forwarded-For: 192.0.2.1, 10.0.0.3\r\nX-Forwarded-Proto: https, http\r\nX-Forwarded-Host: a, b\r\n",
            "192.0.2.1 + a"),
        Case("X-Forwarded-For: 192.0.2.1, 10.0.0.3\r\nX-Forwarded-Proto: https\r\n", "192.0.2.1 +"),
        Case("X-Forwarded-For: 6.6.6.6, 192.0.2.1\r\nX-Forwarded-Proto: https, http\r\n", "192.0.2.1 -"),
        Case("X-Forwarded-For: unknown\r\n", "10.0.0.1"),
        Case("X-Forwarded-For: 192.0.2.1, \r\n", "192.0.2.1"),
        Case("X-Forwarded-For: 192.0.2.1, x\r\n", "10.0.0.1"),
        Case("X-Forwarded-For: x, 192.0.2.1\r\n", "10.0.0.1"),
        Case("X-Forwarded-For: 192.0.2.1\r\nX-Forwarded-Proto: wss\r\n", "10.0.0.1"),
        Case("X-Forwarded-For: 192.0.2.1\r\nX-Forwarded-Host: a/b\r\n", "192.0.2.1"),
    ])
    func `counts when it is X-Forwarded`(_ example: Case) throws {
        #expect(try Self.client(example.fields) == example.expected)
    }

    @Test(arguments: [
        Case("Forwarded: for=192.0.2.1\r\nX-Forwarded-For: 192.0.2.1\r\n", "192.0.2.1"),
        Case("Forwarded: for=6.6.6.6\r\nX-Forwarded-For: 192.0.2.1\r\n", "10.0.0.1"),
        Case("Forwarded: !\r\nX-Forwarded-For: 192.0.2.1\r\n", "10.0.0.1"),
        Case("Forwarded: for=192.0.2.1;proto=https;host=a\r\nX-Forwarded-For: 192.0.2.1\r\n", "192.0.2.1"),
    ])
    func `must not contradict itself`(_ example: Case) throws {
        #expect(try Self.client(example.fields) == example.expected)
    }

    @Test(arguments: ["192.0.2.9", "11.0.0.1", "::1", "2001:db9::1"])
    func `of anyone else is ignored`(_ peer: String) throws {
        for fields in [
            "Forwarded: for=192.0.2.1;proto=https;host=a\r\n",
            "X-Forwarded-For: 192.0.2.1\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Host: a\r\n",
        ] {
            #expect(try Self.client(fields, peer: peer) == peer)
        }
    }

    @Test func `is followed for so many hops and no more`() throws {
        let limit = TrustedProxies.hopLimit
        let hops = [String](repeating: "10.0.0.2", count: limit - 1)
        let within = "X-Forwarded-For: " + (["192.0.2.1"] + hops).joined(separator: ",") + "\r\n"
        #expect(try Self.client(within) == "192.0.2.1")
        let beyond = "X-Forwarded-For: " + (["192.0.2.1", "10.0.0.3"] + hops).joined(separator: ",") + "\r\n"
        #expect(try Self.client(beyond) == "10.0.0.3")
    }

    @Test func `reaches the responder, and lifts the limit for one address`() async throws {
        try await withServer(
            {
                $0.trustedProxies = [AddressBlock("127.0.0.1")].compactMap { $0 }
                $0.maximumConnectionsPerAddress = 1
            },
            { request in
                let host = request.host.map { request.string($0) } ?? ""
                return .answer(
                    .text("\(request.remoteAddress.host) \(request.peerAddress.host) \(request.isSecure) \(host)"))
            },
            { server, port in
                let clients = try (0..<3).map { _ in try RawClient(port) }
                for client in clients {
                    try client.send(
                        "GET / HTTP/1.1\r\nHost: a\r\nForwarded: for=192.0.2.1;proto=https;host=B\r\n\r\n")
                    #expect(try client.readAnswer().text == "192.0.2.1 127.0.0.1 true b")
                }
                for client in clients { client.close() }
                wait { server.metrics.open == 0 }
            })
    }
}
