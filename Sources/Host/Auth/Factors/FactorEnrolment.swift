/// What somebody needs to set an authenticator up; shown once.
struct FactorEnrolment: Sendable {
    /// The secret in base32, for those who type it.
    let secret: String
    /// The address that the picture holds (Key URI format).
    let uri: String
    /// The picture, an SVG document.
    let picture: String
}

/// How it stands with somebody's second factor.
struct FactorState: Sendable, Equatable {
    let isOn: Bool
    /// Recovery codes that were not used.
    let recoveryCodesLeft: Int
}
