import Testing

@testable import HTTPServer

@Suite struct `A TLS handshake` {
    @Test(arguments: ["-tls1_2", "-tls1_3"])
    func `is made in both versions that are safe`(version: String) async throws {
        try await withTLS { place in
            let (status, output) = place.sClient("\(version) -servername a.example")
            #expect(status == 0, "\(output)")
            #expect(
                output.contains(
                    version == "-tls1_2" ? "New, TLSv1.2, Cipher is ECDHE-" : "New, TLSv1.3, Cipher is TLS_"))
            #expect(output.contains("Verify return code: 0 (ok)"))
            #expect(output.contains("Compression: NONE"))
            #expect(output.contains("HTTP/1.1 200 OK"))
            // The end was announced, not cut off.
            #expect(!output.contains("unexpected eof"))
            #expect(place.server.metrics.handshakes == 1)
        }
    }

    @Test(arguments: ["-tls1", "-tls1_1"])
    func `is refused in versions that are not`(version: String) async throws {
        try await withTLS { place in
            let (_, output) = place.sClient("\(version) -cipher ALL:@SECLEVEL=0 -servername a.example")
            #expect(output.contains("protocol version"), "\(output)")
            #expect(!output.contains("HTTP/1.1"))
            #expect(place.server.metrics.failedHandshakes == 1)
        }
    }

    @Test(arguments: ["AES128-SHA", "AES256-GCM-SHA384", "ECDHE-ECDSA-AES128-SHA256"])
    func `needs forward secrecy and authenticated encryption`(suite: String) async throws {
        try await withTLS { place in
            let (_, output) = place.sClient("-tls1_2 -cipher \(suite):@SECLEVEL=0 -servername a.example")
            #expect(output.contains("handshake failure"), "\(output)")
        }
    }

    @Test func `shows each name its own certificate`() async throws {
        try await withTLS { place in
            for host in ["a.example", "b.example"] {
                let (status, output) = place.curl("URL/", host: host)
                #expect(status == 0)
                #expect(output == "hello")
            }
            // The client verifies the name; in upper case it is the same.
            let (status, output) = place.sClient("-servername A.EXAMPLE -verify_hostname a.example")
            #expect(status == 0, "\(output)")
        }
    }

    @Test(arguments: ["-servername c.example", "-servername sub.a.example", "-noservername"])
    func `shows no certificate to a name that has none`(name: String) async throws {
        try await withTLS { place in
            let (_, output) = place.sClient(name)
            #expect(output.contains("SSL alert number 112"), "\(output)")
            #expect(output.contains("no peer certificate available"))
        }
    }

    @Test func `uses the fallback for the names it covers only`() async throws {
        try await withTLS { place in
            let fallback = try place.authority.identity("DNS:*.portal.example,IP:127.0.0.1")
            let own = TLSCertificates.Entry(
                owner: "own", names: ["own.portal.example"],
                identity: try place.authority.identity("DNS:own.portal.example"))
            place.certificates.use([own], fallback: fallback)
            func shown(_ options: String) -> String { place.sClient(options).output }
            #expect(shown("-servername x.portal.example -verify_hostname x.portal.example").contains("code: 0 (ok)"))
            #expect(
                shown("-servername own.portal.example -verify_hostname own.portal.example").contains("code: 0 (ok)"))
            // By the address, without a name.
            #expect(shown("-noservername -verify_ip 127.0.0.1").contains("code: 0 (ok)"))
            #expect(shown("-servername x.y.portal.example").contains("SSL alert number 112"))
            #expect(shown("-servername a.example").contains("SSL alert number 112"))
        }
    }

    @Test func `agrees on HTTP/1.1, and on nothing else`() async throws {
        try await withTLS { place in
            let (_, both) = place.sClient("-servername a.example -alpn h2,http/1.1")
            #expect(both.contains("ALPN protocol: http/1.1"), "\(both)")
            let (_, none) = place.sClient("-servername a.example")
            #expect(none.contains("No ALPN negotiated"))
            #expect(none.contains("200 OK"))
            let (_, other) = place.sClient("-servername a.example -alpn h2")
            #expect(other.contains("SSL alert number 120"), "\(other)")
        }
    }

    @Test func `is not begun again`() async throws {
        try await withTLS { place in
            let (_, output) = place.sClient("-tls1_2 -servername a.example", waits: false, sends: #"R\n"#)
            #expect(output.contains("RENEGOTIATING"))
            #expect(output.contains("no renegotiation"), "\(output)")
        }
    }

    @Test func `that stays half done is given up`() async throws {
        try await withTLS({ $0.tls?.handshakeTimeout = .milliseconds(150) }) { place in
            for start in [[], [22], [22, 3, 1, 2, 0], [22, 3, 1, 2, 0, 1, 0, 1, 252, 3, 3]] as [[UInt8]] {
                let client = try RawClient(place.port)
                if !start.isEmpty { try client.send(start) }
                #expect(client.readToEnd().isEmpty)
            }
            #expect(place.server.metrics.timedOut >= 4)
            #expect(place.server.metrics.handshakes == 0)
        }
    }

    @Test func `does not count towards the time for a request`() async throws {
        try await withTLS({
            $0.headTimeout = .milliseconds(150)
        }) { place in
            let client = try place.connect()
            #expect(client.readToEnd().isEmpty)
            // The connection was idle, so its end is announced.
            #expect(!client.isCutOff)
        }
    }
}
