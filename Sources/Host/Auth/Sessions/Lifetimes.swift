import PluginAPI

/// How long the tokens of a plugin's sign-in last (contract §3).
struct Lifetimes: Equatable {
    /// Of an access token, in seconds.
    let access: Int
    /// Of a session and so of all its refresh tokens, in seconds from the sign-in.
    let session: Int

    /// The dialect's own, where the tenant says nothing else.
    init(_ dialect: Dialect, _ settings: AuthSettings) {
        access = settings.accessTokenTtlSeconds ?? (dialect == .status ? 3600 : 900)
        session = settings.refreshTokenTtlSeconds ?? (dialect == .status ? 7 : 30) * 86_400
    }
}
