import Glibc
import Testing

@testable import HTTPServer

@Suite struct `A certificate` {
    private static func make(_ body: @escaping @Sendable (Authority) throws -> Void) async throws {
        try await onThread { Result { try body(Authority.shared) } }.get()
    }

    private static func refusal(_ authority: Authority, _ certificate: String, _ key: String) throws -> String {
        let (pem, secret) = (try authority.workshop.read(certificate), try authority.workshop.read(key))
        do throws(TLSError) {
            _ = try TLSIdentity(certificate: pem, key: secret)
            return "none"
        } catch { return error.description }
    }

    @Test func `is for the names it lists and for no others`() async throws {
        try await Self.make { authority in
            try authority.issue("names", "DNS:one.example,DNS:*.two.example,IP:192.0.2.7,IP:2001:db8::7", days: 20)
            let identity = try TLSIdentity(
                certificate: authority.workshop.read("names.pem"), key: authority.workshop.read("names.key"))
            for name in ["one.example", "x.two.example", "192.0.2.7", "2001:db8::7"] { #expect(identity.covers(name)) }
            // Not the subject's common name either, which is `names`.
            for name in ["two.example", "x.y.two.example", "x.one.example", "192.0.2.8", "names", ""] {
                #expect(!identity.covers(name), "\(name)")
            }
            let now = Int64(time(nil))
            #expect(identity.validFrom <= now)
            #expect((identity.validUntil - now - 20 * 86_400).magnitude < 3600)
        }
    }

    @Test func `is refused when it is none, or not with this key`() async throws {
        try await Self.make { authority in
            try authority.issue("one", "DNS:one.example")
            try authority.issue("two", "DNS:two.example")
            try authority.workshop.run("openssl pkey -in one.key -aes256 -passout pass:secret -out locked.key")
            try authority.workshop.run("printf nonsense > nonsense")
            let refusal = Self.refusal
            #expect(try refusal(authority, "one.pem", "one.key") == "none")
            #expect(
                try refusal(authority, "one.pem", "two.key") == "the private key does not belong to the certificate")
            for key in ["locked.key", "nonsense", "one.pem"] {
                #expect(try refusal(authority, "one.pem", key) == "there is no unencrypted private key in PEM form")
            }
            #expect(try refusal(authority, "nonsense", "one.key") == "there is no certificate in PEM form")
        }
    }

    @Test func `with a weak key is refused`() async throws {
        try await Self.make { authority in
            try authority.issue("weak", "DNS:weak.example", key: "RSA -pkeyopt rsa_keygen_bits:1024")
            #expect(try Self.refusal(authority, "weak.pem", "weak.key").contains("too small"))
            try authority.issue("strong", "DNS:strong.example", key: "RSA -pkeyopt rsa_keygen_bits:2048")
            #expect(try Self.refusal(authority, "strong.pem", "strong.key") == "none")
        }
    }

    @Test func `brings its chain along`() async throws {
        try await withTLS { place in
            let workshop = place.authority.workshop
            try workshop.write(Array("basicConstraints=critical,CA:TRUE\nkeyUsage=keyCertSign\n".utf8), to: "mid.ext")
            try workshop.write(Array("subjectAltName=DNS:chain.example\n".utf8), to: "chain.ext")
            try workshop.run(
                """
                openssl ecparam -name prime256v1 -genkey -noout -out mid.key &&
                openssl req -new -key mid.key -subj /CN=Middle -out mid.csr &&
                openssl x509 -req -in mid.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 9 -extfile mid.ext -out mid.pem &&
                openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out chain.key &&
                openssl req -new -key chain.key -subj /CN=chain -out chain.csr &&
                openssl x509 -req -in chain.csr -CA mid.pem -CAkey mid.key -CAcreateserial -days 9 -extfile chain.ext \
                -out leaf.pem && cat leaf.pem mid.pem > chain.pem
                """)
            let identity = try TLSIdentity(certificate: workshop.read("chain.pem"), key: workshop.read("chain.key"))
            place.certificates.use([.init(owner: "c", names: ["chain.example"], identity: identity)])
            let (status, output) = place.curl("URL/", host: "chain.example")
            #expect(status == 0, "\(output)")
            let (old, _) = place.curl("--tls-max 1.2 URL/", host: "chain.example")
            #expect(old == 0)
        }
    }

    @Test func `belongs to the first that names its host`() async throws {
        try await Self.make { authority in
            let both = try authority.identity("DNS:a.example,DNS:b.example")
            let certificates = TLSCertificates()
            certificates.use([
                .init(owner: "one", names: ["a.example", "z.example"], identity: both),
                .init(owner: "two", names: ["a.example", "b.example"], identity: both),
            ])
            #expect(certificates.choice(for: "a.example")?.owner == "one")
            #expect(certificates.choice(for: "b.example")?.owner == "two")
            // Named, but not covered.
            #expect(!certificates.covers("z.example"))
        }
    }

    @Test(
        arguments: [
            ([0, 4, 0, 0, 1, 97], ServerName.Reading.name("a")), ([0, 5, 0, 0, 2, 65, 46], .name("a")),
            ([], .malformed), ([0, 3, 0, 0, 0], .malformed), ([0, 4, 1, 0, 1, 97], .malformed),
            ([0, 9, 0, 0, 1, 97], .malformed),
            ([0, 4, 0, 0, 9, 97], .malformed), ([0, 5, 0, 0, 2, 97, 0], .malformed),
            ([0, 5, 0, 0, 1, 97, 97], .malformed),
        ] as [([UInt8], ServerName.Reading)])
    func `is asked for by a name that is read strictly`(bytes: [UInt8], reading: ServerName.Reading) {
        #expect(bytes.withUnsafeBufferPointer { ServerName.parse($0) } == reading)
    }
}
