/// A mailbox that mail can be sent to: `local@domain`, without quoting (RFC 5321 §4.1.2). Letters beyond ASCII are for servers
/// that take them (RFC 6531).
public struct MailAddress: Sendable, Hashable {
    /// The address alone.
    public let email: String
    /// The name people read, if any.
    public let name: String?

    /// - Returns: nil for what is no such address.
    public init?(_ email: String, name: String? = nil) {
        let parts = email.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        guard parts.count == 2, email.utf8.count <= 254, (1...64).contains(parts[0].count),
            Self.isDotted(parts[0], Self.isLocal), Self.isDotted(parts[1], Self.isDomain),
            parts[1].first != UInt8(ascii: "-"), parts[1].last != UInt8(ascii: "-"),
            email.unicodeScalars.allSatisfy(Self.isVisible)
        else { return nil }
        self.email = email
        self.name = name.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Whether every server can take it.
    public var isASCII: Bool { email.utf8.allSatisfy { $0 < 0x80 } }

    /// What stands after the `@`.
    public var domain: Substring {
        guard let at = email.utf8.firstIndex(of: UInt8(ascii: "@")) else { return "" }
        return email[email.utf8.index(after: at)...]
    }

    /// Words of the allowed bytes with single dots between.
    private static func isDotted(_ text: Substring.UTF8View, _ isAllowed: (UInt8) -> Bool) -> Bool {
        text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
            .allSatisfy { !$0.isEmpty && $0.allSatisfy(isAllowed) }
    }

    /// No separator, control or format character hides in it.
    private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .unassigned, .privateUse, .lineSeparator, .paragraphSeparator,
            .spaceSeparator:
            false
        default: true
        }
    }

    private static func isDomain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), 0x80...:
            true
        default: false
        }
    }

    private static func isLocal(_ byte: UInt8) -> Bool {
        isDomain(byte) || "!#$%&'*+/=?^_`{|}~".utf8.contains(byte)
    }
}
