/// What a sign-in is, as data: for routing, documents, checks and tests.
public struct SignInDeclaration: Sendable {
    /// What people prove themselves by.
    public enum Method: String, Sendable { case phone, password }

    public let method: Method
    /// The roles in the plugin that the sign-in is for, the one that counts first in front.
    public let roles: [String]
    /// What somebody who registers becomes; nil where nobody does.
    public internal(set) var registers: String?
    /// What is done at which path; each is a POST.
    public internal(set) var paths: [(step: SignInStep, path: String)]
    /// What the answer tells of the account.
    public let account: SignInAccount

    /// Where a step stands; nil when the sign-in has no such step.
    public func path(of step: SignInStep) -> String? { paths.first { $0.step == step }?.path }

    /// Makes one; a manifest has it made by ``SignIn``.
    public init(
        method: Method, roles: [String], registers: String?, paths: [(step: SignInStep, path: String)],
        account: SignInAccount
    ) {
        self.method = method
        self.roles = roles
        self.registers = registers
        self.paths = paths
        self.account = account
    }

    /// What is wrong with the declaration itself.
    func faults(roles declared: [Role]) -> [String] {
        var faults: [String] = []
        if roles.isEmpty { faults.append("a sign-in is for no role") }
        for role in roles where !declared.contains(where: { $0.name == role }) {
            faults.append("a sign-in is for the role \(role), which is not declared")
        }
        if path(of: .register) != nil, path(of: .acceptInvitation) == nil {
            faults.append("a sign-in takes registrations but has no path at which they are completed")
        }
        if let registers, !roles.contains(registers) {
            faults.append("a sign-in registers as \(registers), which is none of its roles")
        }
        for (_, path) in paths where !path.hasPrefix("/") || path.contains("{") {
            faults.append("\(path): the path of a sign-in begins with / and has no parameters")
        }
        return faults
    }
}

/// Where the answer to a sign-in tells of the account.
public enum SignInAccount: Sendable {
    /// Nowhere: the answer is tokens.
    case none
    /// Under a name of its own: `customer`.
    case member(String, JSONSchema)
    /// Beside the tokens, member by member.
    case beside(JSONSchema)
}

/// What one can do at a sign-in.
public enum SignInStep: String, Sendable, CaseIterable {
    /// Asks for a texted code.
    case requestCode
    /// Proves a texted code.
    case verifyCode
    /// Proves a password.
    case login
    /// Trades a refresh token for new tokens.
    case refresh
    /// Ends a session, or all of a person's.
    case logout
    /// Changes one's own password.
    case changePassword
    /// Asks for a link with which to set a new password.
    case forgotPassword
    /// Sets a new password by such a link.
    case resetPassword
    /// Asks for a link that proves one's e-mail address.
    case sendVerification
    /// Proves an e-mail address by a link.
    case verifyEmail
    /// Sets the first password by the link of an invitation or a registration.
    case acceptInvitation
    /// Asks for an account.
    case register
    /// Proves an identity provider's token.
    case social
    /// Makes a secret for an authenticator.
    case enableFactor
    /// Proves an authenticator by its first code, or completes a sign-in that waits for a code.
    case verifyFactor
    /// Ends one's second factor.
    case disableFactor
    /// New recovery codes in the place of the old ones.
    case renewRecoveryCodes

    /// Whether somebody must be signed in for it.
    public var isForMembers: Bool {
        switch self {
        case .changePassword, .sendVerification, .enableFactor, .disableFactor, .renewRecoveryCodes: true
        default: false
        }
    }
}
