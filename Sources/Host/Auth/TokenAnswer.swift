import PluginAPI

/// What a sign-in or a renewal gives.
struct TokenAnswer: Sendable {
    let accessToken: String
    let refreshToken: String
    /// How long the access token is good for, in seconds.
    let expiresIn: Int
    /// Whose they are.
    let person: PersonID
}
