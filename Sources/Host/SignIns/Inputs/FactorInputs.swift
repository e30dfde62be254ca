import PluginAPI

/// Completes a sign-in that waits for a second factor, or proves an authenticator (contract §3).
struct FactorInput: Sendable {
    /// Of a sign-in that waits; nil where somebody signed in proves an authenticator.
    let challengeToken: String?
    /// Of the authenticator.
    let code: String?
    let recoveryCode: String?

    static func schema(_ names: SignInNames) -> Schema<FactorInput> {
        .object(
            Self.init(challengeToken:code:recoveryCode:),
            Field(
                names.spelled("challengeToken"), \.challengeToken, .optional(.token), default: nil,
                note: "From the sign-in; without it, whoever is signed in proves an authenticator"),
            Field("code", \.code, .optional(.factorCode), default: nil, note: "Of the authenticator"),
            Field(
                names.spelled("recoveryCode"), \.recoveryCode, .optional(.factorCode), default: nil,
                note: "In the place of a code"))
    }

    /// What was shown.
    ///
    /// - Throws: ``Problem`` 400 when nothing was.
    func shown() throws(Problem) -> String { try FactorCodeInput(code: code, recoveryCode: recoveryCode).shown() }
}

/// Shows the second factor of whoever is signed in.
struct FactorCodeInput: Sendable {
    let code: String?
    let recoveryCode: String?

    static func schema(_ names: SignInNames) -> Schema<FactorCodeInput> {
        .object(
            Self.init(code:recoveryCode:),
            Field("code", \.code, .optional(.factorCode), default: nil, note: "Of the authenticator"),
            Field(
                names.spelled("recoveryCode"), \.recoveryCode, .optional(.factorCode), default: nil,
                note: "In the place of a code"))
    }

    /// What was shown.
    ///
    /// - Throws: ``Problem`` 400 when nothing was.
    func shown() throws(Problem) -> String {
        guard let shown = code ?? recoveryCode else { throw .invalid("code", .missing, "is required") }
        return shown
    }
}

/// Recovery codes, shown once.
struct RecoveryCodesShown: Sendable {
    let recoveryCodes: [String]

    static func schema(_ names: SignInNames) -> Schema<RecoveryCodesShown> {
        .object(
            Self.init(recoveryCodes:),
            Field(
                names.spelled("recoveryCodes"), \.recoveryCodes, .list(.string(1...64)),
                note: "Each is good once, in the place of a code; shown now and never again"))
    }
}

extension FactorEnrolment {
    static func schema(_ names: SignInNames) -> Schema<FactorEnrolment> {
        .object(
            Self.init(secret:uri:picture:),
            Field("secret", \.secret, .string(16...200), note: "In base32, for those who type it"),
            Field(names.spelled("otpauthUri"), \.uri, .string(1...2000), note: "What the picture holds"),
            Field(names.spelled("qrCode"), \.picture, .string(1...200_000), note: "An SVG document"))
    }
}

extension Schema where Value == String {
    /// A code as somebody types it.
    static var factorCode: Schema { .string(1...64) }
}
