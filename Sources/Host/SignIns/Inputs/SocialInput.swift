import PluginAPI

/// Proves an identity provider's token (seed 000 §2.2).
struct SocialInput: Sendable {
    let provider: String
    let idToken: String
    /// The provider's access token, which seed 000 sends along; nobody needs it, and it is not kept.
    let accessToken: String?
    /// What the client had the provider put into the token.
    let nonce: String?
    let isRemembered: Bool
    let deviceID: String?

    static func schema(_ names: SignInNames) -> Schema<SocialInput> {
        .object(
            Self.init(provider:idToken:accessToken:nonce:isRemembered:deviceID:),
            Field("provider", \.provider, .string(1...50), note: "google, apple, facebook, or another of the tenant's"),
            Field(names.spelled("idToken"), \.idToken, .string(1...8192, .verbatim), note: "The provider's ID token"),
            Field(
                names.spelled("accessToken"), \.accessToken, .optional(.string(0...8192, .verbatim)), default: nil,
                note: "Not used"),
            Field(
                "nonce", \.nonce, .optional(.string(1...255, .verbatim)), default: nil,
                note: "What the token's nonce must be"),
            Field(names.spelled("rememberMe"), \.isRemembered, .bool, default: true),
            Field(names.spelled("deviceInfo"), \.deviceID, .deviceID(names), default: nil))
    }
}
