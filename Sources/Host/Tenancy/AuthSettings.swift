import Crypto
import PluginAPI

/// How long sign-ins last at this tenant (contract §3), and how long a key signs.
struct AuthSettings: Described, Equatable {
    /// How long an access token is good for, in seconds; nil takes the dialect's own lifetime.
    var accessTokenTtlSeconds: Int?
    /// How long a refresh token is good for, in seconds; nil takes the dialect's own lifetime.
    var refreshTokenTtlSeconds: Int?
    /// How long a session of pages lasts without use, in seconds.
    var pageIdleSeconds = 259_200
    /// How long a session of pages lasts from the sign-in, in seconds.
    var pageMaxSeconds = 2_592_000
    /// After so many days another key signs.
    var signingKeyRotationDays = 90

    /// The digest in the codes of authenticators: most apps know only SHA-1, whatever they are told (contract §3).
    var totpAlgorithm = TOTP.Algorithm.sha1

    /// Whose roles need a session proven by more than one factor.
    var secondFactorFor = SecondFactorDemand.nobody

    /// The identity providers that people may sign in at.
    var oidc: [OIDCProvider] = []

    /// A minute to a day, in seconds.
    static let accessRange = 60...86_400
    /// An hour to a year, in seconds.
    static let refreshRange = 3600...31_536_000
    /// Five minutes to 30 days, in seconds.
    static let pageIdleRange = 300...2_592_000
    /// An hour to a year, in seconds.
    static let pageMaxRange = 3600...31_536_000

    static let schema = Schema.object(
        Self.init(
            accessTokenTtlSeconds:refreshTokenTtlSeconds:pageIdleSeconds:pageMaxSeconds:signingKeyRotationDays:
            totpAlgorithm:secondFactorFor:oidc:),
        Field(
            "accessTokenTtlSeconds", \.accessTokenTtlSeconds, .optional(.int(accessRange)),
            note: "A minute to a day; null takes the dialect's own lifetime"),
        Field(
            "refreshTokenTtlSeconds", \.refreshTokenTtlSeconds, .optional(.int(refreshRange)),
            note: "An hour to a year; null takes the dialect's own lifetime"),
        Field(
            "pageIdleSeconds", \.pageIdleSeconds, .int(pageIdleRange), default: 259_200,
            note: "How long a session of pages lasts without use"),
        Field(
            "pageMaxSeconds", \.pageMaxSeconds, .int(pageMaxRange), default: 2_592_000,
            note: "How long a session of pages lasts from the sign-in"),
        Field(
            "signingKeyRotationDays", \.signingKeyRotationDays, .int(1...730), default: 90,
            note: "After so many days another key signs access tokens"),
        Field(
            "totpAlgorithm", \.totpAlgorithm, .oneOf, default: .sha1,
            note: "The digest in the codes of authenticators; many apps know only SHA1"),
        Field(
            "secondFactorFor", \.secondFactorFor, .oneOf, default: .nobody,
            note: "Whose roles need a second factor: until one is set up, the session may do no more than that"),
        Field(
            "oidc", \.oidc, .list(OIDCProvider.schema, 0...20), default: [],
            note: "The identity providers that people may sign in at"))

    init(
        accessTokenTtlSeconds: Int? = nil, refreshTokenTtlSeconds: Int? = nil, pageIdleSeconds: Int = 259_200,
        pageMaxSeconds: Int = 2_592_000, signingKeyRotationDays: Int = 90, totpAlgorithm: TOTP.Algorithm = .sha1,
        secondFactorFor: SecondFactorDemand = .nobody, oidc: [OIDCProvider] = []
    ) {
        self.accessTokenTtlSeconds = accessTokenTtlSeconds
        self.refreshTokenTtlSeconds = refreshTokenTtlSeconds
        self.pageIdleSeconds = pageIdleSeconds
        self.pageMaxSeconds = pageMaxSeconds
        self.signingKeyRotationDays = signingKeyRotationDays
        self.totpAlgorithm = totpAlgorithm
        self.secondFactorFor = secondFactorFor
        self.oidc = oidc
    }
}
