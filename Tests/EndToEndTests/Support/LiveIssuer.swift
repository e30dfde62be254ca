/// An identity provider that runs: a program of its own with its own keys, which serves its documents over TLS and makes
/// tokens by another implementation of their format.
final class LiveIssuer: Sendable {
    /// Its `iss`, at which its documents are.
    let address: String
    /// The same without TLS.
    let plainAddress: String
    private let control: UInt16
    private let child: ChildProcess
    private let folder: TemporaryFolder

    /// Starts it with a certificate of this authority for the loopback address.
    static func start(_ certificates: Certificates) async throws -> LiveIssuer {
        try await certificates.issue(certificates.folder.path + "/issuer", "IP:127.0.0.1")
        let folder = try TemporaryFolder()
        let child = try ChildProcess(
            [
                Repository.path + "/.ci/python", "PyJWT==2.10.1", "cryptography==43.0.3", "--",
                Repository.path + "/Tests/Support/oidc_issuer.py", certificates.folder.path + "/issuer.pem",
                certificates.folder.path + "/issuer.key",
            ], log: folder.path + "/log")
        while child.poll() == nil {
            let ports = child.output.hasSuffix("}\n") ? try? JSON(Array(child.output.utf8)) : nil
            if let secure = ports?["tls"].number, let control = ports?["control"].number {
                return LiveIssuer(child, folder, secure: UInt16(secure), control: UInt16(control))
            }
            try await Task.sleep(for: .milliseconds(10))
        }
        throw Failure("the identity provider ended: \(child.output)")
    }

    private init(_ child: ChildProcess, _ folder: TemporaryFolder, secure: UInt16, control: UInt16) {
        self.child = child
        self.folder = folder
        self.control = control
        address = "https://127.0.0.1:\(secure)"
        plainAddress = "http://127.0.0.1:\(control)"
    }

    private func send(_ request: HTTPRequest) async throws -> HTTPAnswer {
        let port = control
        return try await onThread { try HTTPConnection(port: port, host: "127.0.0.1").sendNow(request) }
    }

    /// A token.
    ///
    /// - Parameter otherwise: a JSON object: `claims` that differ from those of a good token, moments in seconds from now
    ///   and null for none; the `key` that signs; the `kid` and `alg` that the header names.
    func token(_ otherwise: String = "{}") async throws -> String {
        let answer = try await send(.post("/token", otherwise))
        guard answer.status == 200 else { throw Failure("the identity provider makes no token: \(answer.status)") }
        return answer.text
    }

    /// A good token of somebody.
    func token(of email: String, subject: String, nonce: String? = nil) async throws -> String {
        let nonce = nonce.map { #", "nonce": "\#($0)""# } ?? ""
        return try await token(#"{"claims": {"email": "\#(email)", "sub": "\#(subject)"\#(nonce)}}"#)
    }

    /// Publishes these keys from now on, and signs by the last of them.
    func publish(_ names: String...) async throws {
        let list = names.map { "\"\($0)\"" }.joined(separator: ",")
        guard try await send(.post("/publish", "[\(list)]")).status == 200 else { throw Failure("no new keys") }
    }

    /// How often its discovery document and its key set were fetched.
    func fetches() async throws -> (discovery: Int, keys: Int) {
        let asked = try await send(.get("/asked")).json(if: 200)
        return (
            Int(asked["/.well-known/openid-configuration"].number ?? -1), Int(asked["/keys"].number ?? -1)
        )
    }
}
