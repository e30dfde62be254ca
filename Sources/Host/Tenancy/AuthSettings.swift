import PluginAPI

/// How long sign-ins last at this tenant (contract §3).
struct AuthSettings: Described, Equatable {
    /// How long an access token is good for, in seconds; nil takes the dialect's own lifetime.
    var accessTokenTtlSeconds: Int?
    /// How long a refresh token is good for, in seconds; nil takes the dialect's own lifetime.
    var refreshTokenTtlSeconds: Int?

    /// A minute to a day, in seconds.
    static let accessRange = 60...86_400
    /// An hour to a year, in seconds.
    static let refreshRange = 3600...31_536_000

    static let schema = Schema.object(
        Self.init(accessTokenTtlSeconds:refreshTokenTtlSeconds:),
        Field(
            "accessTokenTtlSeconds", \.accessTokenTtlSeconds, .optional(.int(accessRange)),
            note: "A minute to a day; null takes the dialect's own lifetime"),
        Field(
            "refreshTokenTtlSeconds", \.refreshTokenTtlSeconds, .optional(.int(refreshRange)),
            note: "An hour to a year; null takes the dialect's own lifetime"))

    init(accessTokenTtlSeconds: Int? = nil, refreshTokenTtlSeconds: Int? = nil) {
        self.accessTokenTtlSeconds = accessTokenTtlSeconds
        self.refreshTokenTtlSeconds = refreshTokenTtlSeconds
    }
}
