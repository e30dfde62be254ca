import PluginAPI

/// What a sign-in or a renewal gives.
struct TokenAnswer: Sendable {
    let accessToken: String
    let refreshToken: String
    /// How long the access token is good for, in seconds.
    let expiresIn: Int
    /// What the role grants, by name.
    let permissions: [String]
    /// Whose they are, and in which role.
    let signedIn: SignedIn

    var person: PersonID { signedIn.person }
}
