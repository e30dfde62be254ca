/// A path of the portal itself, to which somebody is sent after signing in. Whatever could lead elsewhere is none.
struct LocalPath: Sendable, Equatable {
    /// Path and query: `/portal/appointments?page=2`
    let text: String

    /// Nil unless it begins with one slash, is visible ASCII, and has no backslash (which browsers read as a slash).
    init?(_ text: String) {
        let bytes = text.utf8
        guard (1...2000).contains(bytes.count), text.hasPrefix("/"), !text.hasPrefix("//"),
            bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") })
        else { return nil }
        // Back to the sign-in would be a circle.
        guard !text.hasPrefix(AccountPages.signInPath), !text.hasPrefix("/sign-out") else { return nil }
        self.text = text
    }

    /// The path as a value in a query.
    var encoded: String {
        var encoded = ""
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E, 0x2F:
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                encoded += "%" + (digits.utf8.count == 1 ? "0" : "") + digits
            }
        }
        return encoded
    }
}
