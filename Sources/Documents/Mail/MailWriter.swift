/// Writes header fields and parts of a message.
struct MailWriter {
    private(set) var bytes: [UInt8] = []

    // MARK: Parts

    /// No encoded body holds `=_`: quoted-printable has hexadecimal digits or a line break after `=`, base64 no `_`.
    private static func boundary(_ number: Int) -> String { "=_portico_\(number)" }

    mutating func multipart(_ kind: String, _ number: Int, _ parts: (inout MailWriter) -> Void) {
        field("Content-Type", "multipart/\(kind); boundary=\"\(Self.boundary(number))\"")
        line("")
        parts(&self)
        line("--\(Self.boundary(number))--")
    }

    mutating func part(_ number: Int, _ content: (inout MailWriter) -> Void) {
        line("--\(Self.boundary(number))")
        content(&self)
    }

    mutating func text(_ text: String, _ kind: String) {
        field("Content-Type", "text/\(kind); charset=utf-8")
        field("Content-Transfer-Encoding", "quoted-printable")
        line("")
        bytes += QuotedPrintable.encode(text)
        line("")
    }

    mutating func attachment(_ file: MailMessage.Attachment) {
        field("Content-Type", Self.isMediaType(file.contentType) ? file.contentType : "application/octet-stream")
        field("Content-Disposition", "attachment; " + Self.fileName(file.name))
        field("Content-Transfer-Encoding", "base64")
        line("")
        MailBase64.encode(file.bytes, into: &bytes)
    }

    /// A name as RFC 2231 has it: plain in quotes where it can be, percent-encoded UTF-8 where not.
    private static func fileName(_ name: String) -> String {
        let isPlain = name.utf8.allSatisfy {
            $0 >= 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
        }
        if isPlain { return "filename=\"\(name)\"" }
        var encoded = ""
        for byte in name.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                encoded += "%" + (digits.utf8.count == 1 ? "0" : "") + digits
            }
        }
        return "filename*=utf-8''\(encoded)"
    }

    private static func isMediaType(_ text: String) -> Bool {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        return parts.count == 2
            && parts.allSatisfy { part in
                !part.isEmpty
                    && part.utf8.allSatisfy { byte in
                        byte > 0x20 && byte < 0x7F && !"()<>@,;:\\\"/[]?=".utf8.contains(byte)
                    }
            }
    }

    // MARK: Fields

    mutating func line(_ text: String) { bytes += Array(text.utf8) + [0x0D, 0x0A] }

    /// Adds a field of ASCII words, folded at spaces where the line gets longer than 78.
    mutating func field(_ name: String, _ value: String) {
        var length = name.utf8.count + 1
        bytes += Array("\(name):".utf8)
        for word in value.split(separator: " ") {
            if length > name.utf8.count + 1, length + 1 + word.utf8.count > 78 {
                bytes += [0x0D, 0x0A]
                length = 0
            }
            bytes += [0x20] + Array(word.utf8)
            length += 1 + word.utf8.count
        }
        bytes += [0x0D, 0x0A]
    }

    /// Adds a field of free text.
    mutating func field(_ name: String, text: String) {
        let clean = Self.oneLine(text)
        let isPlain =
            clean.utf8.allSatisfy { $0 < 0x7F } && !clean.contains("=?")
            && clean.split(separator: " ").allSatisfy { $0.utf8.count < 900 }
        field(name, isPlain ? clean : EncodedWord.words(clean).joined(separator: " "))
    }

    mutating func field(_ name: String, addresses: [MailAddress]) {
        let list = addresses.map { address in
            address.name.map { "\(Self.phrase($0)) <\(address.email)>" } ?? address.email
        }
        field(name, list.joined(separator: ", "))
    }

    /// A display name: quoted where it is ASCII, encoded where not.
    private static func phrase(_ name: String) -> String {
        let clean = oneLine(name)
        guard clean.utf8.allSatisfy({ $0 < 0x7F }), !clean.contains("=?"), clean.utf8.count < 200 else {
            return EncodedWord.words(clean).joined(separator: " ")
        }
        return "\"" + clean.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }

    /// The text with every control character and line break as a space.
    static func oneLine(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { scalar in
                    let isControl = scalar.properties.generalCategory == .control
                    return isControl || scalar == "\u{2028}" || scalar == "\u{2029}" ? " " : scalar
                }))
    }

    /// An identifier or address inside angle brackets: visible ASCII but the brackets.
    static func token(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.filter { $0.value > 0x20 && $0.value < 0x7F && $0 != "<" && $0 != ">" }))
    }
}
