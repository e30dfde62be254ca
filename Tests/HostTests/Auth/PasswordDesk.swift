import Crypto
import Database
import PluginAPI
import Testing

@testable import Host

/// What the tests of passwords do at a ``SignInDesk``: John is a customer, Sam is staff at the branch `east`.
extension SignInDesk {
    static let password = "Right#Passage-1"
    static let wrong = "Wrong#Passage-1"
    static let samsMail = AccountName(kind: .email, text: "sam@lumen.example")

    /// Gives Sam an e-mail address, a user name and a password.
    func giveSamAPassword(_ password: String = SignInDesk.password, proven: Bool = true) async throws {
        let hash = PasswordHash(try await passwords.hash(SecretBytes(Array(password.utf8))))
        try await host { host in
            let sam = try #require(try People.person(withPhone: Self.staff, host)?.id)
            var change = PersonChange()
            change.email = .set(try #require(Email("sam@lumen.example")))
            try People.change(sam, change, Self.origin(), host)
            try host.run(
                "INSERT INTO portico_identifier (kind, value, person_id) VALUES ('username', 'sam.low', \(sam))")
            try PasswordTable.set(hash, of: sam, now: Self.start, host)
            if proven { try People.markVerified(.email, of: sam, now: Self.start, host) }
        }
    }

    /// Tries a password.
    func login(
        _ password: String = SignInDesk.password, _ name: AccountName = SignInDesk.samsMail,
        after: Duration = .zero, device: String? = nil, code: String? = nil, remembered: Bool = true,
        roles: [String] = ["ADMIN", "STAFF"], by auth: TenantAuth? = nil
    ) async throws -> TokenAnswer {
        let proof = PasswordProof(
            name: name, password: password, device: device, factorCode: code, isRemembered: remembered)
        let outcome = try await (auth ?? self.auth).signIn(
            proof, at: "surgery", roles: roles, origin: Self.origin(after))
        guard case .tokens(let answer) = outcome else { throw Problem.forbidden }
        return answer
    }

    /// What trying a password is refused with: `200`, `401`, or `423 60` with the seconds to wait.
    func verdict(
        _ password: String = SignInDesk.wrong, _ name: AccountName = SignInDesk.samsMail, after: Duration = .zero,
        device: String? = nil
    ) async throws -> String {
        let refused = try await problem { _ = try await login(password, name, after: after, device: device) }
        guard let refused else { return "200" }
        return "\(refused.status)" + (refused.retryAfter.map { " \($0)" } ?? "")
    }

    func sam() async throws -> PersonID { try #require(try await person(Self.staff)) }

    /// The token in the last letter to an address.
    func linkToken(to address: String = "sam@lumen.example") throws -> String {
        let letter = try #require(sent.all.last { $0.to == address })
        let link = try #require(letter.body.split(separator: "\n").first { $0.hasPrefix("http") })
        return String(try #require(link.split(separator: "token=").last))
    }

    /// The status that setting a password by a link is answered with.
    func tryLink(
        _ token: String, for purpose: LinkPurpose = .reset, after: Duration = .zero
    ) async throws -> Int {
        let refused = try await problem {
            try await auth.setPassword(
                "New#Passage-22", field: "password", byLink: token, for: purpose, origin: Self.origin(after))
        }
        return refused?.status ?? 204
    }
}
