/// Certificates made by the openssl tool, in a folder beside the tenants.
struct Certificates: Sendable {
    let folder: TemporaryFolder

    /// Makes an authority.
    init() async throws {
        folder = try TemporaryFolder()
        try await run(
            """
            openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout ca.key -out ca.pem -days 30 \
            -subj '/CN=Test Authority' -addext keyUsage=critical,keyCertSign
            """)
    }

    /// Writes `<path>.pem` and `<path>.key`.
    /// - Parameter names: as openssl writes them: `DNS:a.example`.
    func issue(_ path: String, _ names: String, days: Int = 20) async throws {
        try folder.write("subjectAltName=\(names)\n", to: "names")
        try await run(
            """
            openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout '\(path).key' -out request \
            -subj /CN=Tenant &&
            openssl x509 -req -in request -CA ca.pem -CAkey ca.key -set_serial 0x$(openssl rand -hex 8) -days \(days) \
            -extfile names -out '\(path).pem'
            """)
    }

    @discardableResult
    func run(_ script: String) async throws -> String {
        let done = try await Command.run(["/bin/sh", "-c", "cd '\(folder.path)' && \(script)"])
        guard done.ending == .exit(0) else { throw Failure("\(script): \(done.output)") }
        return done.output
    }

    /// What curl, which believes the authority, says of an address; `--resolve` leads its name here.
    func curl(_ name: String, _ port: UInt16, _ path: String, scheme: String = "https") async throws -> Command {
        try await Command.run([
            "/bin/sh", "-c",
            "curl -sSi --noproxy '*' --cacert '\(folder.path)/ca.pem' --resolve \(name):\(port):127.0.0.1 "
                + "'\(scheme)://\(name):\(port)\(path)'",
        ])
    }

    /// The serial number of the certificate that a name is shown.
    func serial(_ name: String, _ port: UInt16) async throws -> String {
        try await run(
            "openssl s_client -connect 127.0.0.1:\(port) -servername \(name) </dev/null 2>/dev/null "
                + "| openssl x509 -noout -serial")
    }
}
