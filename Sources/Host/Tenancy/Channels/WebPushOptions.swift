import HTTPServer
import PluginAPI

/// Messages to browsers (RFC 8030).
struct WebPushOptions: ChannelOptions, Equatable {
    enum Name: String, Sendable, CaseIterable { case webpush }
    var driver: Name
    /// Whom push services may write to (RFC 8292 §2.1); the portal's own address when nil.
    var contact: String?

    static let schema = Schema.object(
        Self.init(driver:contact:),
        Field("driver", \.driver, .oneOf),
        Field(
            "contact", \.contact, .optional(.contact),
            note: "Whom push services may write to: mailto:… or an https address; without it, the portal's own address")
    )
}

extension Schema<String> {
    /// Where an operator can be reached.
    fileprivate static var contact: Schema {
        .text(
            JSONSchema(["type": "string", "format": "uri", "examples": ["mailto:it@lumen.example"]]),
            allowed: "mailto: with an e-mail address, or an https address", sample: { "mailto:it\($0)@example.com" },
            parse: { text in
                if text.hasPrefix("mailto:") { return Email(String(text.dropFirst(7))) == nil ? nil : text }
                return ClientURL(text)?.isSecure == true ? text : nil
            }, write: { $1.value($0) })
    }
}
