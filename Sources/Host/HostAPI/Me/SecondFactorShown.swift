import PluginAPI

/// How it stands with one's second factor.
struct FactorStateShown: Described {
    var enabled: Bool
    var recoveryCodesLeft: Int

    static let schema = Schema.object(
        Self.init(enabled:recoveryCodesLeft:), Field("enabled", \.enabled, .bool),
        Field("recoveryCodesLeft", \.recoveryCodesLeft, .int(0...RecoveryCodes.count)))
}

/// What sets an authenticator up.
struct FactorEnrolmentShown: Described {
    var secret: String
    var otpauthUri: String
    var qrCode: String

    static let schema = Schema.object(
        Self.init(secret:otpauthUri:qrCode:),
        Field("secret", \.secret, .string(16...200), note: "In base32, for those who type it"),
        Field("otpauthUri", \.otpauthUri, .string(1...2000), note: "What the picture holds"),
        Field("qrCode", \.qrCode, .string(1...200_000), note: "An SVG document"))
}

/// A code of one's second factor.
struct FactorCode: Described {
    var code: String?
    var recoveryCode: String?

    static let schema = Schema.object(
        Self.init(code:recoveryCode:),
        Field("code", \.code, .optional(.factorCode), default: nil, note: "Of the authenticator"),
        Field(
            "recoveryCode", \.recoveryCode, .optional(.factorCode), default: nil, note: "In the place of a code"))

    /// What was shown.
    ///
    /// - Throws: ``Problem`` 400 when nothing was.
    func shown() throws(Problem) -> String { try FactorCodeInput(code: code, recoveryCode: recoveryCode).shown() }
}

/// Recovery codes, shown once.
struct RecoveryCodeList: Described {
    var recoveryCodes: [String]

    static let schema = Schema.object(
        Self.init(recoveryCodes:),
        Field(
            "recoveryCodes", \.recoveryCodes, .list(.string(1...64)),
            note: "Each is good once, in the place of a code; shown now and never again"))
}
