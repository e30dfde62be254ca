import Glibc
import Testing

@testable import HTTPServer

@Suite struct `The client and TLS` {
    /// Serves `files` (made by the authority or by hand) with TLS by `openssl s_server`, and tells what a client of ours makes of it.
    private static func outcome(
        _ certificate: String, _ key: String, host: String = "a.example", options: String = "", trust: TLSTrust? = nil
    ) async throws -> ClientError? {
        let authority = try Authority.shared
        let peer = try RawPeer()
        let port = peer.port
        // The port is free again, and nobody else is likely to take it at this moment.
        _ = consume peer
        let workshop = try Workshop()
        try workshop.run(
            "openssl s_server -accept 127.0.0.1:\(port) -cert '\(authority.workshop.path)/\(certificate)' "
                + "-key '\(authority.workshop.path)/\(key)' \(options) -www >log 2>&1 </dev/null & echo $! > pid")
        // Threads that tests run on block gentler signals, and programs inherit that.
        defer { _ = workshop.attempt("kill -9 $(cat pid)") }
        _ = workshop.attempt("for i in $(seq 2000); do grep -q ACCEPT log && break; sleep 0.01; done")
        return try await withClient(trust: trust) { client in
            await failure(client, try .get("https://\(host):\(port)/"))
        }
    }

    @Test func `speaks to a server whose certificate is right, by name and by address`() async throws {
        let authority = try await onThread { Result { try Authority.shared } }.get()
        try await onThread { Result { try authority.issue("right", "DNS:a.example,IP:127.0.0.1") } }.get()
        for host in ["a.example", "127.0.0.1"] {
            #expect(try await Self.outcome("right.pem", "right.key", host: host) == nil)
            #expect(try await Self.outcome("right.pem", "right.key", host: host, options: "-tls1_2") == nil)
        }
    }

    @Test func `refuses a certificate that is not right`() async throws {
        let authority = try await onThread { Result { try Authority.shared } }.get()
        let other = try await onThread { Result { try Authority() } }.get()
        try await onThread {
            Result {
                try authority.issue("fine", "DNS:a.example")
                try authority.issue("wrong", "DNS:b.example,DNS:*.a.example")
                try authority.issue("past", "DNS:a.example", days: -1)
                try authority.workshop.run(
                    """
                    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout self.key -out self.pem \
                    -subj /CN=a.example -addext subjectAltName=DNS:a.example -days 3
                    """)
            }
        }.get()
        func reason(_ file: String, trust: TLSTrust? = nil, options: String = "", host: String = "a.example")
            async throws -> String
        {
            guard
                case .tls(let reason)? = try await Self.outcome(
                    file + ".pem", file + ".key", host: host, options: options, trust: trust)
            else { return "accepted" }
            return reason
        }
        #expect(try await reason("wrong") == "hostname mismatch")
        #expect(try await reason("wrong", host: "127.0.0.1") == "IP address mismatch")
        #expect(try await reason("past") == "certificate has expired")
        #expect(try await reason("self").hasPrefix("self"))
        #expect(try await reason("fine", trust: other.trust).contains("unable to get"))
        #expect(
            try await reason("fine", options: "-tls1_1 -cipher ALL:@SECLEVEL=0").contains("version"))
        #expect(try await reason("fine", options: "-tls1_2 -cipher AES128-SHA:@SECLEVEL=0").contains("alert"))
    }

    @Test func `speaks to our own server, and keeps the connection`() async throws {
        let authority = try await onThread { Result { try Authority.shared } }.get()
        let certificates = TLSCertificates()
        let identity = try await onThread { Result { try authority.identity("DNS:a.example") } }.get()
        certificates.use([.init(owner: "a", names: ["a.example"], identity: identity)])
        let sample = Checksum.sample(700_000)
        try await `The client`.withServer({
            $0.listeners = [.init(isSecure: true)]
            $0.tls = TLSConfiguration(certificates: certificates)
        }) { _ in
            .body(limit: 1_000_000) { _, body in .now(Response(status: 200, body: .bytes(body.isEmpty ? sample : body)))
            }
        } _: { server, base in
            try await withClient { client in
                let url = try #require(ClientURL(base.replacing("http:", "https:")))
                for _ in 0..<5 {
                    #expect(try await client.send(ClientRequest("GET", url, policy: .anything)).body == sample)
                    var upload = ClientRequest("POST", url, policy: .anything)
                    upload.body = Array(sample.reversed())
                    #expect(try await client.send(upload).body == upload.body)
                }
                #expect(server.metrics.handshakes == 1)
                // Another name than the certificate's: refused by the client, whoever answers.
                let wrong = try #require(ClientURL(base.replacing("http://a.example", "https://b.example")))
                guard case .tls? = await failure(client, ClientRequest("GET", wrong, policy: .anything)) else {
                    Issue.record("the server was believed")
                    return
                }
            }
        }
    }

    @Test func `takes an end without close_notify for a cut`() async throws {
        let authority = try await onThread { Result { try Authority.shared } }.get()
        let identity = try await onThread { Result { try authority.identity("DNS:a.example") } }.get()
        let certificates = TLSCertificates()
        certificates.use([.init(owner: "a", names: ["a.example"], identity: identity)])
        struct Broken: Error {}
        try await `The client`.withServer({
            $0.listeners = [.init(isSecure: true)]
            $0.tls = TLSConfiguration(certificates: certificates)
        }) { request in
            let path = request.string(request.path)
            return .answer(
                Response(
                    status: 200,
                    body: .stream(length: path == "/length" ? 100 : nil) { writer in
                        try await writer.write("part")
                        throw Broken()
                    }))
        } _: { _, base in
            try await withClient { client in
                for path in ["/length", "/chunked"] {
                    let url = try #require(ClientURL(base.replacing("http:", "https:") + path))
                    #expect(await failure(client, ClientRequest("GET", url, policy: .anything)) == .malformed(.cutOff))
                }
            }
        }
    }
}

extension String {
    /// This text with the first occurrence of another replaced.
    fileprivate func replacing(_ part: String, _ other: String) -> String {
        guard let range = firstRange(of: part) else { return self }
        return self[..<range.lowerBound] + other + self[range.upperBound...]
    }
}
