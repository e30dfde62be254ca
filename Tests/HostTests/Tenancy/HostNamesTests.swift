import Testing

@testable import Host

@Suite struct `Host names` {
    private let names = HostNames(
        [
            ("lumen.localhost", 1), ("portal.lumen.example", 1), ("harbor.localhost", 0), ("harbor.localhost", 5),
            (String(repeating: "a", count: 60) + ".example", 2),
        ], ports: [8081: 0])

    @Test func `name a tenant in any case, with a port, with a trailing point`() {
        for host in [
            "lumen.localhost", "LUMEN.LocalHost", "lumen.localhost:8080", "lumen.localhost.", "Lumen.localhost.:1",
            "lumen.localhost:", "portal.lumen.example:65535",
        ] {
            #expect(names.tenant(host: host) == 1, "\(host)")
        }
        #expect(names.tenant(host: "harbor.localhost") == 0)
        #expect(names.tenant(host: String(repeating: "A", count: 60) + ".example:443") == 2)
    }

    @Test func `that nobody has name no tenant`() {
        for host in [
            "", ".", ":", ":80", "localhost", "lumen", "lumen.localhost..", ".lumen.localhost", "x.lumen.localhost",
            "lumen.localhost:80a", "lumen.localhost:123456", "lumen.localhost:80:80", "lumen.localhost ", "[::1]",
            "[::1]:8080", "[::1", "[", "[lumen.localhost]", "lumen.localhost,harbor.localhost", "lumen.localhos\u{17F}",
            String(repeating: "a", count: 400), "lumen_localhost", "LUMEN\u{0E}localhost",
        ] {
            #expect(names.tenant(host: host) == nil, "\(host)")
        }
        #expect(HostNames().tenant(host: "lumen.localhost") == nil)
    }

    @Test func `of this machine mean the tenant of the port in the demo`() {
        for host in ["localhost:8081", "LOCALHOST", "127.0.0.1:8081", "[::1]:8081", "[::1]", "localhost."] {
            #expect(names.tenant(host: host, localPort: 8081) == 0, "\(host)")
            #expect(names.tenant(host: host, localPort: 8080) == nil, "\(host)")
        }
        #expect(names.tenant(host: "lumen.localhost:8081", localPort: 8081) == 1)
        for host in ["evil.example:8081", "[::2]:8081", "[::1]x", "127.0.0.2", "localhos", "localhostx", ""] {
            #expect(names.tenant(host: host, localPort: 8081) == nil, "\(host)")
        }
    }

    @Test func `are looked up among many`() {
        let many = HostNames((0..<5000).map { ("tenant-\($0).portal.example", $0) })
        #expect(many.count == 5000)
        for tenant in 0..<5000 where many.tenant(host: "Tenant-\(tenant).portal.example:80") != tenant {
            Issue.record("tenant-\(tenant) is not found")
        }
        #expect(many.tenant(host: "tenant-5000.portal.example") == nil)
    }

    @Test(arguments: [
        ("a", true), ("a-1", true), ("", false), ("-a", false), ("a-", false), ("A", false), ("a.b", false),
    ])
    func `begin with a slug`(slug: String, isValid: Bool) {
        #expect(Slug.isValid(slug) == isValid)
    }

    @Test func `begin with a slug of at most 40 letters`() {
        #expect(Slug.isValid(String(repeating: "a", count: 40)))
        #expect(!Slug.isValid(String(repeating: "a", count: 41)))
    }
}
