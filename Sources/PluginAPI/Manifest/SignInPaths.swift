/// Where a sign-in by texted code answers. Each is a POST.
public struct PhoneSignInPaths: Sendable, Equatable {
    /// Asks for a code: `{phone}` → 202.
    public let request: String
    /// Proves it: `{phone, code}` → tokens, or a challenge for an account with a second factor.
    public let verify: String
    /// A challenge and a code of the second factor → tokens.
    public let verifyFactor: String
    /// A refresh token → new tokens.
    public let refresh: String
    /// A refresh token, and whether all devices are meant → 204.
    public let logout: String

    /// - Parameter verifyFactor: when nil, `2fa/verify` below `request`.
    public init(request: String, verify: String, refresh: String, logout: String, verifyFactor: String? = nil) {
        self.request = request
        self.verify = verify
        self.verifyFactor = verifyFactor ?? request + "/2fa/verify"
        self.refresh = refresh
        self.logout = logout
    }

    /// All of them.
    var steps: [(step: SignInStep, path: String)] {
        [
            (.requestCode, request), (.verifyCode, verify), (.refresh, refresh), (.logout, logout),
            (.verifyFactor, verifyFactor),
        ]
    }
}

/// Where a sign-in by password answers. Each is a POST; what is nil does not exist.
public struct PasswordSignInPaths: Sendable, Equatable {
    /// An identifier and a password → tokens.
    public var login: String
    /// A refresh token → new tokens.
    public var refresh: String
    /// A refresh token, and whether all devices are meant → 204.
    public var logout: String
    /// The present and a new password, by somebody signed in → 204.
    public var changePassword: String?
    /// An identifier → 202, and a link by e-mail.
    public var forgotPassword: String?
    /// A link's token and a new password → 204.
    public var resetPassword: String?
    /// By somebody signed in → 202, and a link by e-mail.
    public var sendVerification: String?
    /// A link's token → 204.
    public var verifyEmail: String?
    /// A link's token and a first password → 204.
    public var acceptInvitation: String?

    /// An identity provider's token → tokens.
    public var social: String?
    /// By somebody signed in → a secret for an authenticator.
    public var enableFactor: String?
    /// A challenge and a code → tokens; or a code, by somebody signed in → recovery codes.
    public var verifyFactor: String?
    /// A code, by somebody signed in → 204.
    public var disableFactor: String?
    /// A code, by somebody signed in → new recovery codes.
    public var renewRecoveryCodes: String?

    /// The three that every sign-in has.
    public init(login: String, refresh: String, logout: String) {
        self.login = login
        self.refresh = refresh
        self.logout = logout
    }

    /// All of them below one path: `/v1/auth/login`, `/v1/auth/refresh`, …
    public static func under(_ base: String) -> PasswordSignInPaths {
        PasswordSignInPaths(login: base + "/login", refresh: base + "/refresh", logout: base + "/logout")
            .withAccount(under: base)
    }

    /// The same, with what people do about their passwords, addresses and second factors below a path.
    public func withAccount(under base: String) -> PasswordSignInPaths {
        var paths = self
        paths.changePassword = base + "/change-password"
        paths.forgotPassword = base + "/forgot-password"
        paths.resetPassword = base + "/reset-password"
        paths.sendVerification = base + "/send-verification"
        paths.verifyEmail = base + "/verify-email"
        paths.acceptInvitation = base + "/accept-invitation"
        paths.social = base + "/social"
        paths.enableFactor = base + "/2fa/enable"
        paths.verifyFactor = base + "/2fa/verify"
        paths.disableFactor = base + "/2fa/disable"
        paths.renewRecoveryCodes = base + "/2fa/recovery-codes"
        return paths
    }

    /// All there are.
    var steps: [(step: SignInStep, path: String)] {
        let all: [(SignInStep, String?)] = [
            (.login, login), (.refresh, refresh), (.logout, logout), (.changePassword, changePassword),
            (.forgotPassword, forgotPassword), (.resetPassword, resetPassword), (.sendVerification, sendVerification),
            (.verifyEmail, verifyEmail), (.acceptInvitation, acceptInvitation), (.social, social),
            (.enableFactor, enableFactor),
            (.verifyFactor, verifyFactor), (.disableFactor, disableFactor), (.renewRecoveryCodes, renewRecoveryCodes),
        ]
        return all.compactMap { step, path in path.map { (step, $0) } }
    }
}
