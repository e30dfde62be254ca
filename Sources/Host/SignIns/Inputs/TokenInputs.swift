import PluginAPI

/// Trades a refresh token for new tokens.
struct RefreshInput: Sendable {
    let refreshToken: String

    static func schema(_ names: SignInNames) -> Schema<RefreshInput> {
        .object(Self.init(refreshToken:), Field(names.refreshToken, \.refreshToken, .token))
    }
}

/// Ends the session of a refresh token, or all of the person's.
struct LogoutInput: Sendable {
    let refreshToken: String
    let allDevices: Bool

    static func schema(_ names: SignInNames) -> Schema<LogoutInput> {
        .object(
            Self.init(refreshToken:allDevices:), Field(names.refreshToken, \.refreshToken, .token),
            Field(names.spelled("allDevices"), \.allDevices, .bool, default: false))
    }
}
