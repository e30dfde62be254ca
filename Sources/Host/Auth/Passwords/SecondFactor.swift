import PluginAPI

/// What an account may ask for beside a password.
protocol SecondFactor: Sendable {
    /// Judges a sign-in whose password was right, in a transaction of its own.
    ///
    /// - Parameters:
    ///   - login: who it would be. Whoever keeps it with a challenge completes it later by
    ///     ``TenantAuth/complete(_:methods:origin:)``.
    ///   - code: what was sent along with the password, if anything.
    /// - Returns: `wrong` as a result and no error, because an error would undo the counting of the try.
    func verdict(
        on login: ProvenLogin, code: String?, _ origin: Origin, _ host: HostWriter
    ) throws -> SecondFactorVerdict
}

/// What a second factor says of a sign-in.
enum SecondFactorVerdict: Sendable {
    /// The account has none.
    case notNeeded
    /// It was shown, in these ways (RFC 8176).
    case proven(Set<String>)
    /// It must be shown first.
    case due(SecondFactorChallenge)
    /// What was sent along is not it.
    case wrong
}

/// Stands for a right password until the second factor is shown; good once.
struct SecondFactorChallenge: Sendable, Equatable {
    let token: String
    /// The ways in which it can be answered: `totp`, `recovery_code`.
    let methods: [String]
    /// Seconds.
    let expiresIn: Int
}

/// What a sign-in comes to.
enum SignInOutcome: Sendable {
    case tokens(TokenAnswer)
    case secondFactorDue(SecondFactorChallenge)
}

/// Somebody who has proven who they are by a password, at an identity provider or by a texted code, before there is a
/// session.
struct ProvenLogin: Sendable, Equatable {
    let person: PersonID
    let plugin: String
    let role: String
    /// Whether the session lasts as long as it may, or 24 hours.
    let isRemembered: Bool
    /// When the password that was shown was set; a login is worth nothing once there is another one. Nil where an
    /// identity provider's word was shown.
    let passwordSetAt: Instant?
    /// Where the try was counted; see ``Lockout``.
    let counter: [UInt8]
    /// The device it came from; see ``KnownDevices``.
    let device: [UInt8]?
    /// How they have proven it (RFC 8176).
    let method: String

    /// - Parameter method: when nil, a password where one was set, and an identity provider's word otherwise.
    init(
        person: PersonID, plugin: String, role: String, isRemembered: Bool, passwordSetAt: Instant?, counter: [UInt8],
        device: [UInt8]?, method: String? = nil
    ) {
        self.person = person
        self.plugin = plugin
        self.role = role
        self.isRemembered = isRemembered
        self.passwordSetAt = passwordSetAt
        self.counter = counter
        self.device = device
        self.method = method ?? (passwordSetAt == nil ? SignInMethod.federated : SignInMethod.password)
    }
}
