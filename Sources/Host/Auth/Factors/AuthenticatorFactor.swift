import PluginAPI

/// Asks accounts that have an authenticator for a code of it, or for a recovery code.
struct AuthenticatorFactor: SecondFactor {
    func verdict(
        on login: ProvenLogin, code: String?, _ origin: Origin, _ host: HostWriter
    ) throws -> SecondFactorVerdict {
        guard let app = try AuthenticatorTable.proven(login.person, host) else { return .notNeeded }
        guard let code, !code.isEmpty else {
            return .due(try FactorChallenges.start(login, now: origin.now, host))
        }
        guard let shown = try FactorShown.of(code, app, now: origin.now, host) else { return .wrong }
        return .proven(shown.methods)
    }
}

/// What was shown beside a password.
enum FactorShown: Sendable {
    case authenticator, recoveryCode

    /// The words of RFC 8176.
    var methods: Set<String> {
        switch self {
        case .authenticator: [SignInMethod.oneTimePassword, SignInMethod.multipleFactors]
        case .recoveryCode: [SignInMethod.multipleFactors]
        }
    }

    /// Spends a code, of the app or for recovery; nil when it is neither.
    static func of(_ typed: String, _ app: Authenticator, now: Instant, _ host: HostWriter) throws -> FactorShown? {
        let digits = typed.filter { $0 != " " }
        if digits.utf8.count == 6, digits.utf8.allSatisfy({ $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }) {
            return try AuthenticatorTable.spend(digits, of: app, now: now, host) ? .authenticator : nil
        }
        return try RecoveryCodes.spend(typed, of: app.person, now: now, host) ? .recoveryCode : nil
    }
}
