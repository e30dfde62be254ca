import HTTPServer
import PluginAPI

/// How the tenant shows itself in mail and on pages; `branding` in its file.
struct BrandingSettings: Described, Equatable {
    /// The name people read; the tenant's own when nil.
    var name: String?
    /// Of headings, links and buttons.
    var primaryColor = BrandColor.usual
    /// An https address, or a path of the portal.
    var logoUrl: String?

    static let schema = Schema.object(
        Self.init(name:primaryColor:logoUrl:),
        Field("name", \.name, .optional(.string(1...100)), note: "The name people read; without it, the tenant's"),
        Field(
            "primaryColor", \.primaryColor, BrandColor.schema, default: .usual,
            note: "The colour of headings, links and buttons; it must be readable on white"),
        Field(
            "logoUrl", \.logoUrl, .optional(.logo),
            note: "A picture some 40 pixels high: an https address, or a path of the portal"))

    init(name: String? = nil, primaryColor: BrandColor = .usual, logoUrl: String? = nil) {
        self.name = name
        self.primaryColor = primaryColor
        self.logoUrl = logoUrl
    }
}

/// A colour that can be read on white, and white on it: a contrast of at least 4.5 to 1 (WCAG 2.2 §1.4.3).
struct BrandColor: Sendable, Equatable, Described {
    /// `#1f4e8c`
    let text: String

    static let usual = BrandColor(known: "#1f4e8c")
    /// What WCAG asks of text.
    static let leastContrast = 4.5

    static let schema = Schema<BrandColor>.text(
        JSONSchema(["type": "string", "pattern": "^#[0-9a-fA-F]{6}$"]),
        allowed: "a colour such as #1f4e8c whose contrast with white is at least 4.5 to 1, so that all can read it",
        sample: { ["#1f4e8c", "#7a1f5c", "#005f56"][$0 % 3] }, parse: { BrandColor($0) }, write: { $1.value($0.text) })

    private init(known text: String) { self.text = text }

    init?(_ text: String) {
        guard let contrast = Self.contrastWithWhite(text), contrast >= Self.leastContrast else { return nil }
        self.text = text.lowercased()
    }

    /// The contrast of a colour with white, 1 to 21; nil for what is no colour.
    static func contrastWithWhite(_ text: String) -> Double? {
        guard text.utf8.count == 7, text.hasPrefix("#"), !text.dropFirst().contains(where: { $0 == "+" || $0 == "-" }),
            let number = UInt32(text.dropFirst(), radix: 16)
        else { return nil }
        let parts = [16, 8, 0].map { Double(number >> UInt32($0) & 0xFF) / 255 }.map { Self.linear($0) }
        return 1.05 / (0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2] + 0.05)
    }

    /// The light of a channel of sRGB: ((c + 0.055) / 1.055) to the power of 2.4, which is c² times its fifth root squared.
    private static func linear(_ channel: Double) -> Double {
        guard channel > 0.04045 else { return channel / 12.92 }
        let base = (channel + 0.055) / 1.055
        // Newton's method for the fifth root of a number from 0.09 to 1 is exact to the last digits after some steps.
        var root = 1.0
        for _ in 0..<40 { root -= (root * root * root * root * root - base) / (5 * root * root * root * root) }
        return base * base * root * root
    }
}

extension Schema<String> {
    /// Where a picture is.
    fileprivate static var logo: Schema {
        .text(
            JSONSchema(["type": "string", "format": "uri-reference"]),
            allowed: "an https address, or a path of the portal such as /branding/logo.png",
            sample: { "/branding/logo\($0).png" },
            parse: { text in
                if text.hasPrefix("/"), !text.hasPrefix("//") {
                    return ClientURL("https://a" + text) == nil ? nil : text
                }
                return ClientURL(text)?.isSecure == true ? text : nil
            }, write: { $1.value($0) })
    }
}
