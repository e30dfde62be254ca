import PluginAPI

/// Proves an account's password (seeds 000 §2.1, 002 §1.2, 003, 004).
struct LoginInput: Sendable {
    /// The e-mail address or user name, in the form in which it is compared.
    let identifier: String
    let password: String
    /// Whether the session lasts as long as it may, or 24 hours.
    let isRemembered: Bool
    /// What a device calls itself; never a credential.
    let deviceID: String?
    /// A second factor's code, or a recovery code, sent along (seed 002).
    let factorCode: String?

    static func schema(_ names: SignInNames) -> Schema<LoginInput> {
        .object(
            Self.init(identifier:password:isRemembered:deviceID:factorCode:),
            Field(names.identifier.rawValue, \.identifier, .identifier(names.identifier)),
            Field("password", \.password, .string(names.shortestPassword...1024, .verbatim)),
            Field(
                names.spelled("rememberMe"), \.isRemembered, .bool, default: true,
                note: "When false, the refresh token ends after 24 hours"),
            Field(
                names.spelled("deviceInfo"), \.deviceID, .deviceID(names), default: nil,
                note: "What the device tells of itself"),
            Field(
                names.spelled("mfaToken"), \.factorCode, .optional(.string(0...64)), default: nil,
                note: "The second factor's code, for an account that has one"))
    }
}

extension Schema where Value == String {
    /// What an account is found by.
    static func identifier(_ kind: SignInNames.Identifier) -> Schema {
        switch kind {
        case .email:
            .text(
                JSONSchema(["type": "string", "format": "email"]), allowed: "an e-mail address",
                sample: { "person\($0)@example.com" }, parse: { Email($0)?.text }, write: { $1.value($0) })
        case .username:
            .text(
                JSONSchema(["type": "string", "minLength": 1, "maxLength": 254]),
                allowed: "a user name of at most 254 characters", sample: { "person.\($0)" },
                parse: { typed in
                    let text = typed.lowercased()
                    return (1...254).contains(text.utf8.count) ? text : nil
                }, write: { $1.value($0) })
        }
    }

    /// A password that is about to be set. What it must be is the policy's to say, which knows whose it is.
    static var newPassword: Schema { .string(1...1024, .verbatim) }

    /// What a link or a refresh token consists of.
    static var token: Schema { .string(1...512, .verbatim) }
}

extension Schema where Value == String? {
    /// The id in an open object about a device, if there is one.
    static func deviceID(_ names: SignInNames) -> Schema {
        let info = Schema<DeviceInfo>.openObject(
            DeviceInfo.init(deviceID:),
            Field(names.spelled("deviceId"), \.deviceID, .optional(.string(0...256)), default: nil))
        return Schema<DeviceInfo?>.optional(info).converted(
            to: { .some($0?.deviceID.flatMap { $0.isEmpty ? nil : $0 }) },
            from: { $0.map { DeviceInfo(deviceID: $0) } }, allowed: "an object")
    }
}

/// What a device tells of itself; all but its id is left to whoever reads the log.
private struct DeviceInfo: Sendable {
    let deviceID: String?
}
