/// What a mail server answers: a code, and words for people (RFC 5321 §4.2).
struct SMTPReply: Sendable, Equatable {
    /// 200 to 599.
    let code: Int
    /// Without their codes.
    let lines: [String]

    /// Lines of one answer.
    static let lineLimit = 100
    /// Bytes of one line; the RFC asks for 512, extensions for more.
    static let lengthLimit = 2048

    var isPositive: Bool { code < 400 }
    var isTemporary: Bool { (400..<500).contains(code) }

    /// The code and the words as staff may read them in a trace: one line of printable characters.
    var summary: String {
        let words = lines.joined(separator: " ").unicodeScalars.map { scalar in
            scalar.properties.generalCategory == .control || scalar.value == 0xFFFD ? " " : Character(scalar)
        }
        return "\(code) \(String(words.prefix(200)).split(separator: " ").joined(separator: " "))"
    }

    /// One line of an answer: `250-SIZE 1000`, `250 OK`, `250`. Nil for anything else.
    static func line(_ bytes: [UInt8]) -> (code: Int, isLast: Bool, text: String)? {
        guard bytes.count >= 3, (50...53).contains(bytes[0]), bytes[..<3].allSatisfy({ (48...57).contains($0) }) else {
            return nil
        }
        let code = bytes[..<3].reduce(0) { $0 * 10 + Int($1) - 48 }
        guard bytes.count > 3 else { return (code, true, "") }
        guard bytes[3] == UInt8(ascii: " ") || bytes[3] == UInt8(ascii: "-") else { return nil }
        return (code, bytes[3] == UInt8(ascii: " "), String(decoding: bytes[4...], as: UTF8.self))
    }
}
