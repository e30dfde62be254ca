import PluginAPI

/// Changes one's own password.
struct ChangePasswordInput: Sendable {
    let current: String
    let new: String

    static func schema(_ names: SignInNames) -> Schema<ChangePasswordInput> {
        .object(
            Self.init(current:new:),
            Field(names.spelled("currentPassword"), \.current, .string(1...1024, .verbatim)),
            Field(names.spelled("newPassword"), \.new, .newPassword, note: SetPasswordInput.policy))
    }
}

/// Asks for a link to the address of an account.
struct IdentifierInput: Sendable {
    let identifier: String

    static func schema(_ names: SignInNames) -> Schema<IdentifierInput> {
        .object(
            Self.init(identifier:), Field(names.identifier.rawValue, \.identifier, .identifier(names.identifier)))
    }
}

/// Sets a password by a link: a new one, or the first.
struct SetPasswordInput: Sendable {
    let token: String
    let password: String

    static let policy =
        "8 characters to 72 bytes with upper and lower case, a digit and another character; no common password"

    static func schema(_ names: SignInNames) -> Schema<SetPasswordInput> {
        .object(
            Self.init(token:password:), Field("token", \.token, .token, note: "From the link"),
            Field("password", \.password, .newPassword, note: policy))
    }
}

/// Proves an e-mail address by a link.
struct LinkInput: Sendable {
    let token: String

    static func schema(_ names: SignInNames) -> Schema<LinkInput> {
        .object(Self.init(token:), Field("token", \.token, .token, note: "From the link"))
    }
}

/// Asks for an account.
struct RegisterInput: Sendable {
    let email: Email
    let givenName: String
    let familyName: String
    let language: Language?

    static func schema(_ names: SignInNames) -> Schema<RegisterInput> {
        .object(
            Self.init(email:givenName:familyName:language:), Field("email", \.email, Email.schema),
            Field(names.spelled("firstName"), \.givenName, .string(1...100)),
            Field(names.spelled("lastName"), \.familyName, .string(1...100)),
            Field("language", \.language, .optional(Language.schema), default: nil))
    }
}

/// What is answered when a link was asked for, whether there is an account or not.
struct LinkRequested: Sendable {
    /// Seconds for which the link is good.
    let expiresIn: Int

    static func schema(_ names: SignInNames) -> Schema<LinkRequested> {
        .object(
            Self.init(expiresIn:), Field(names.spelled("expiresIn"), \.expiresIn, .int(0...31_536_000), note: "Seconds")
        )
    }
}
