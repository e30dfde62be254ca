import Glibc
import Testing

@Suite struct `TLS` {
    private static func tenant(_ name: String, _ domain: String, certificate: String? = nil, hsts: Int? = nil) -> String
    {
        let files = certificate.map { #""certificate": { "$file": "\#($0).pem" }, "key": { "$file": "\#($0).key" }, "# }
        return """
            {
              "name": "\(name)",
              "domains": ["\(domain)"],
              "tls": { \(files ?? "")"hstsSeconds": \(hsts ?? 31_536_000) },
              "plugins": { "appointments": {} }
            }
            """
    }

    private static let path = "/api/customer/branches"

    @Test func `shows each tenant's own certificate, and none where there is none`() async throws {
        let certificates = try await Certificates()
        let tenants = try TemporaryFolder()
        try tenants.write(Self.tenant("Alpha", "alpha.example", certificate: "own"), to: "alpha/tenant.json")
        try tenants.write(Self.tenant("Beta", "beta.example", certificate: "own", hsts: 0), to: "beta/tenant.json")
        try tenants.write(Self.tenant("Gamma", "gamma.example"), to: "gamma/tenant.json")
        try await certificates.issue(tenants.path + "/alpha/own", "DNS:alpha.example,DNS:alpha.localhost")
        try await certificates.issue(tenants.path + "/beta/own", "DNS:beta.example")
        let portico = try await PorticoProcess.start(
            DemoPlace(tenants: tenants.path), ["--tls-port", "0", "--redirect-port", "0"], isDemo: false)
        let (secure, redirecting) = (try portico.port("serving TLS"), try portico.port("redirecting to TLS"))

        for name in ["alpha.example", "alpha.localhost"] {
            let alpha = try await certificates.curl(name, secure, Self.path)
            #expect(alpha.output.hasPrefix("HTTP/1.1 200"), "\(alpha.output)")
            #expect(alpha.output.contains("strict-transport-security: max-age=31536000\r\n"))
        }
        let beta = try await certificates.curl("beta.example", secure, Self.path)
        #expect(beta.output.hasPrefix("HTTP/1.1 200"))
        #expect(!beta.output.contains("strict-transport-security"))
        for name in ["gamma.example", "beta.localhost", "nobody.example"] {
            let refused = try await certificates.curl(name, secure, Self.path)
            #expect(refused.ending == .exit(35), "\(refused.output)")
            #expect(refused.output.contains("unrecognized name"), "\(refused.output)")
        }
        // Beside it, plain HTTP goes on, and asks for nothing.
        let plain = try await certificates.curl("alpha.example", portico.port, Self.path, scheme: "http")
        #expect(plain.output.hasPrefix("HTTP/1.1 200"))
        #expect(!plain.output.contains("strict-transport-security"))
        let mistaken = try await certificates.curl("alpha.example", secure, Self.path, scheme: "http")
        #expect(mistaken.output.hasPrefix("HTTP/1.1 400"))
        #expect(mistaken.output.contains("HTTPS"))

        let sent = try await certificates.curl("alpha.example", redirecting, "/a/b%20c?d=e", scheme: "http")
        #expect(sent.output.hasPrefix("HTTP/1.1 308"))
        #expect(sent.output.contains("location: https://alpha.example:\(secure)/a/b%20c?d=e\r\n"))
        for name in ["gamma.example", "nobody.example"] {
            let unknown = try await certificates.curl(name, redirecting, "/", scheme: "http")
            #expect(unknown.output.hasPrefix("HTTP/1.1 404"))
        }
    }

    @Test func `takes new certificates at a reload, and keeps the old where the new is bad`() async throws {
        let certificates = try await Certificates()
        let tenants = try TemporaryFolder()
        try tenants.write(Self.tenant("Alpha", "alpha.example", certificate: "own"), to: "alpha/tenant.json")
        let own = tenants.path + "/alpha/own"
        try await certificates.issue(own, "DNS:alpha.example")
        let portico = try await PorticoProcess.start(
            DemoPlace(tenants: tenants.path), ["--tls-port", "0"], isDemo: false)
        let port = try portico.port("serving TLS")
        let first = try await certificates.serial("alpha.example", port)

        try await certificates.issue(own, "DNS:alpha.example")
        portico.signal(SIGHUP)
        let second = try await eventually("the new certificate") {
            let serial = try await certificates.serial("alpha.example", port)
            return serial == first ? nil : serial
        }
        try tenants.write("nothing", to: "alpha/own.pem")
        portico.signal(SIGHUP)
        _ = try await eventually("the line in the log") { portico.log.contains("#/tls/certificate") ? true : nil }
        #expect(try await certificates.serial("alpha.example", port) == second)
    }

    @Test func `uses the operator's certificate for the names it covers`() async throws {
        let certificates = try await Certificates()
        let tenants = try TemporaryFolder()
        try tenants.write(Self.tenant("Alpha", "alpha.example"), to: "alpha/tenant.json")
        let wild = certificates.folder.path + "/wild"
        try await certificates.issue(wild, "DNS:*.portal.example")
        let portico = try await PorticoProcess.start(
            DemoPlace(tenants: tenants.path),
            [
                "--tls-port", "0", "--tls-certificate", wild + ".pem", "--tls-key", wild + ".key", "--base-domain",
                "portal.example",
            ], isDemo: false)
        let port = try portico.port("serving TLS")
        let own = try await certificates.curl("alpha.portal.example", port, Self.path)
        #expect(own.output.hasPrefix("HTTP/1.1 200"), "\(own.output)")
        let other = try await certificates.curl("alpha.example", port, Self.path)
        #expect(other.ending == .exit(35))
    }

    @Test func `has its certificates checked`() async throws {
        let certificates = try await Certificates()
        let tenants = try TemporaryFolder()
        for name in ["expired", "foreign", "missing", "narrow", "soon", "sound"] {
            try tenants.write(Self.tenant(name, name + ".example", certificate: "own"), to: "\(name)/tenant.json")
            guard name != "missing" else { continue }
            try await certificates.issue(
                "\(tenants.path)/\(name)/own", "DNS:\(name == "narrow" ? "other" : name).example",
                days: name == "expired" ? -1 : name == "soon" ? 3 : 30)
        }
        try await certificates.run(
            "openssl ecparam -name prime256v1 -genkey -noout -out '\(tenants.path)/foreign/own.key'")
        let check = try await Command.portico("check", "--tenants", tenants.path)
        #expect(check.ending == .exit(1))
        func line(_ tenant: String) -> String {
            check.output.split(separator: "\n").first { $0.contains("/\(tenant)/tenant.json:") }.map { String($0) }
                ?? ""
        }
        #expect(line("expired").hasPrefix("note: "))
        #expect(line("expired").contains("#/tls/certificate: the certificate expired on 20"))
        #expect(line("soon").hasPrefix("note: "))
        #expect(line("soon").contains("the certificate expires on 20"))
        #expect(line("foreign").contains("#/tls/key: the private key does not belong to the certificate"))
        #expect(line("missing").contains("#/tls/certificate: the file own.pem cannot be read"))
        #expect(line("narrow").contains("#/tls/certificate: the certificate is not for the domain narrow.example"))
        #expect(line("sound") == "")
        #expect(check.output.hasSuffix("6 tenants can serve, 3 mistakes\n"))
    }

    @Test func `is asked for by options that go together`() async throws {
        let folder = try TemporaryFolder()
        for options in [["--tls-certificate", "a"], ["--redirect-port", "0"], ["--tls-port", "70000"]] {
            let refused = try await Command.run(
                [try #require(Repository.program), "serve", "--demo", "--port", "0", "--data", folder.path + "/data"]
                    + ["--tenants", Repository.path + "/tenants"] + options)
            #expect(refused.ending != .exit(0))
            #expect(refused.output.contains(options[0]) || refused.output.contains("--tls-port"))
        }
    }
}
