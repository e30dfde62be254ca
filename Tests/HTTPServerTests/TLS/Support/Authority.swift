import Synchronization

@testable import HTTPServer

/// A certificate authority made by the openssl tool, and the certificates it issues.
final class Authority: Sendable {
    /// Made once for all tests.
    private static let made = Result { try Authority() }
    static var shared: Authority { get throws { try made.get() } }

    let workshop: Workshop
    private let made = Mutex<[String: TLSIdentity]>([:])

    init() throws {
        workshop = try Workshop()
        try workshop.run(
            """
            openssl ecparam -name prime256v1 -genkey -noout -out ca.key &&
            openssl req -x509 -new -key ca.key -subj '/CN=Test Authority' -days 30 -out ca.pem \
            -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign
            """)
    }

    /// The file that clients believe.
    var file: String { workshop.path + "/ca.pem" }

    var trust: TLSTrust { get throws { try TLSTrust(authorities: workshop.read("ca.pem")) } }

    /// Issues `<file>.pem` and `<file>.key`.
    /// - Parameter names: as openssl writes them: `DNS:a.example,IP:127.0.0.1`.
    func issue(_ file: String, _ names: String, days: Int = 10, key: String = "ec -pkeyopt ec_paramgen_curve:P-256")
        throws
    {
        try workshop.write(
            Array("subjectAltName=\(names)\nbasicConstraints=CA:FALSE\nextendedKeyUsage=serverAuth\n".utf8),
            to: file + ".ext")
        try workshop.run(
            """
            openssl genpkey -algorithm \(key) -out \(file).key &&
            openssl req -new -key \(file).key -subj '/CN=\(file)' -out \(file).csr &&
            openssl x509 -req -in \(file).csr -CA ca.pem -CAkey ca.key -set_serial 0x$(openssl rand -hex 8) -days \(days) \
            -extfile \(file).ext -out \(file).pem
            """)
    }

    /// A certificate for these names, the same one each time.
    func identity(_ names: String) throws -> TLSIdentity {
        try made.withLock { made in
            if let known = made[names] { return known }
            let identity = try fresh(names)
            made[names] = identity
            return identity
        }
    }

    /// Another certificate for these names.
    func fresh(_ names: String) throws -> TLSIdentity {
        let file = "c\(count.add(1, ordering: .relaxed).newValue)"
        try issue(file, names)
        return try TLSIdentity(certificate: workshop.read(file + ".pem"), key: workshop.read(file + ".key"))
    }

    private let count = Atomic<Int>(0)
}

/// Starts a server that speaks TLS for `a.example` and `b.example`, each with a certificate of its own.
func withTLS<T: Sendable>(
    _ change: (inout ServerConfiguration) -> Void = { _ in },
    route: @escaping @Sendable (Request) -> Reception = { _ in .answer(.text("hello")) },
    _ body: @escaping @Sendable (TLSPlace) throws -> T
) async throws -> T {
    let authority = try await onThread { Result { try Authority.shared } }.get()
    let certificates = TLSCertificates()
    let entries = try await onThread {
        Result {
            try ["a.example", "b.example"].map {
                TLSCertificates.Entry(owner: $0, names: [$0], identity: try authority.identity("DNS:" + $0))
            }
        }
    }.get()
    certificates.use(entries)
    return try await withServer(
        {
            $0.listeners = [.init(isSecure: true)]
            $0.tls = TLSConfiguration(certificates: certificates)
            change(&$0)
        }, route
    ) { server, port in
        try body(TLSPlace(server: server, port: port, authority: authority, certificates: certificates))
    }
}

/// A running server with TLS, and clients of other makes to try it with.
struct TLSPlace: Sendable {
    let server: Server
    let port: UInt16
    let authority: Authority
    let certificates: TLSCertificates

    /// A client of our own.
    func connect(_ host: String = "a.example", receiveBuffer: Int32? = nil) throws -> RawClient {
        try RawClient(port, authority.trust, host: host, receiveBuffer: receiveBuffer)
    }

    /// Sends a request by `openssl s_client`; the verdict is its own.
    /// - Parameter waits: until the server ends the connection; otherwise the letters of its input are commands.
    func sClient(
        _ options: String, in workshop: Workshop? = nil, waits: Bool = true,
        sends request: String = #"GET / HTTP/1.1\r\nHost: a.example\r\nConnection: close\r\n\r\n"#
    ) -> (status: Int32, output: String) {
        (workshop ?? authority.workshop).attempt(
            "printf '\(request)' | timeout 60 openssl s_client -connect 127.0.0.1:\(port) -CAfile '\(authority.file)' "
                + "-verify_return_error \(waits ? "-ign_eof" : "") \(options)")
    }

    /// Sends a request by curl.
    func curl(_ arguments: String, host: String = "a.example", in workshop: Workshop? = nil) -> (
        status: Int32, output: String
    ) {
        (workshop ?? authority.workshop).attempt(
            "curl -sS --max-time 60 --noproxy '*' --cacert '\(authority.file)' "
                + "--resolve \(host):\(port):127.0.0.1 \(arguments.replacing("URL", with: "https://\(host):\(port)"))")
    }
}

extension String {
    /// This text with every occurrence of another replaced.
    fileprivate func replacing(_ part: String, with other: String) -> String {
        var rest = self[...]
        var result = ""
        while let range = rest.firstRange(of: part) {
            result += rest[..<range.lowerBound] + other
            rest = rest[range.upperBound...]
        }
        return result + rest
    }
}
