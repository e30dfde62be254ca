import PluginAPI

/// Asks for a code by text message.
struct PhoneCodeRequest: Described {
    let phone: Phone
    static let schema = Schema.object(
        Self.init(phone:), Field("phone", \.phone, Phone.schema, note: "With its country code"))
}

/// What is answered when a code was asked for, whether the number is known or not.
struct CodeRequested: Described {
    /// Seconds for which a code is good.
    let expiresIn: Int
    /// Seconds after which asking again sends another one.
    let resendAfter: Int
    static let schema = Schema.object(
        Self.init(expiresIn:resendAfter:), Field("expiresIn", \.expiresIn, .int(0...86_400), note: "Seconds"),
        Field("resendAfter", \.resendAfter, .int(0...86_400), note: "Seconds"))
}

/// Proves a phone number with the code that was texted to it.
struct PhoneCodeProof: Described {
    let phone: Phone
    let code: String
    static let schema = Schema.object(
        Self.init(phone:code:), Field("phone", \.phone, Phone.schema),
        Field("code", \.code, .code, note: "From the text message"))
}

extension Schema where Value == String {
    /// Six digits.
    fileprivate static var code: Schema {
        .text(
            JSONSchema(["type": "string", "pattern": "^[0-9]{6}$"]), allowed: "the six digits of the text message",
            sample: { "12345\($0 % 10)" },
            parse: { text in
                let digits = text.filter { !$0.isWhitespace }
                return digits.utf8.count == 6 && digits.utf8.allSatisfy { (0x30...0x39).contains($0) } ? digits : nil
            }, write: { $1.value($0) })
    }
}
