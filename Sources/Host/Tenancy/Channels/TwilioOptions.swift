import HTTPServer
import PluginAPI

/// Texts and WhatsApp messages by a provider that takes them in Twilio's form.
struct TwilioOptions: ChannelOptions, Equatable {
    enum Name: String, Sendable, CaseIterable { case twilio }
    var driver: Name
    var baseUrl: ProviderAddress
    var accountSid: String
    var authToken: Secret
    /// A phone number, a short code, a name, or a messaging service (`MG…`).
    var from: String

    static let schema = Schema.object(
        Self.init(driver:baseUrl:accountSid:authToken:from:),
        Field("driver", \.driver, .oneOf),
        Field(
            "baseUrl", \.baseUrl, ProviderAddress.schema, default: .twilio,
            note: "Where the provider's API is; over plain HTTP on this machine only"),
        Field("accountSid", \.accountSid, .accountSid, note: "The account's name at the provider"),
        Field(
            "authToken", \.authToken, Secret.schema, note: "Its password, which also signs what the provider reports"),
        Field(
            "from", \.from, .string(1...40),
            note: "The number, short code or name that messages are from, or a messaging service (MG…)"))
}

/// The root of a provider's API: an https address; http on this machine only, since a password goes there.
struct ProviderAddress: Sendable, Equatable, Described {
    /// Without a slash at its end.
    let text: String

    static let twilio = ProviderAddress(known: "https://api.twilio.com")

    static let schema = Schema<ProviderAddress>.text(
        JSONSchema(["type": "string", "format": "uri"]),
        allowed: "an https address without query; http is for this machine only",
        sample: { "https://sms\($0).example.com" }, parse: { ProviderAddress($0) }, write: { $1.value($0.text) })

    private init(known text: String) { self.text = text }

    init?(_ text: String) {
        guard let url = ClientURL(text), !text.utf8.contains(UInt8(ascii: "?")), !text.utf8.contains(UInt8(ascii: "#")),
            url.isSecure || LoopbackName.isOne(url.host)
        else { return nil }
        self.text = text.hasSuffix("/") ? String(text.dropLast()) : text
    }

    /// Whether it is this machine.
    var isLoopback: Bool { ClientURL(text).map { LoopbackName.isOne($0.host) } ?? false }
}

extension Schema<String> {
    /// Letters and digits, which stand in a path as they are.
    fileprivate static var accountSid: Schema {
        .text(
            JSONSchema(["type": "string", "examples": ["AC0123456789abcdef0123456789abcdef"]]),
            allowed: "1 to 64 letters and digits", sample: { "AC\($0)" },
            parse: { text in
                let isSid =
                    (1...64).contains(text.utf8.count)
                    && text.utf8.allSatisfy {
                        (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0)
                    }
                return isSid ? text : nil
            }, write: { $1.value($0) })
    }
}
