/// Writes CSV (RFC 4180): lines end in CR LF, and fields are quoted where they must be.
///
/// Spreadsheets take text that begins with `=`, `+`, `-`, `@`, a tab or a line break for a formula, whoever wrote it (OWASP,
/// "CSV injection"): such a field gets an apostrophe in front, unless it is a number.
public struct CSVWriter: Sendable {
    /// What was written since it was last taken.
    public private(set) var bytes: [UInt8] = []

    /// - Parameter marksEncoding: whether the file begins with a byte order mark, without which Excel takes it for Latin-1.
    public init(marksEncoding: Bool = false) {
        if marksEncoding { bytes = [0xEF, 0xBB, 0xBF] }
    }

    /// Writes one row.
    public mutating func row(_ fields: [String]) {
        for (index, field) in fields.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            write(field)
        }
        bytes += [UInt8(ascii: "\r"), UInt8(ascii: "\n")]
    }

    /// Takes what was written, for a file that is sent in pieces.
    public mutating func take() -> [UInt8] {
        defer { bytes = [] }
        return bytes
    }

    private mutating func write(_ field: String) {
        let text = Self.isFormula(field) ? "'" + field : field
        guard text.utf8.contains(where: Self.needsQuotes) || field.isEmpty else {
            bytes += text.utf8
            return
        }
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            if byte == UInt8(ascii: "\"") { bytes.append(byte) }
            bytes.append(byte)
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static func needsQuotes(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t"), UInt8(ascii: "\r"),
            UInt8(ascii: "\n"):
            true
        default: false
        }
    }

    private static func isFormula(_ field: String) -> Bool {
        switch field.utf8.first {
        case UInt8(ascii: "="), UInt8(ascii: "@"), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"): true
        case UInt8(ascii: "+"), UInt8(ascii: "-"): !isNumber(field.dropFirst())
        default: false
        }
    }

    /// Digits with at most one point or comma among them: `-12.50`, and phone numbers such as `+15550100001`.
    private static func isNumber(_ text: Substring) -> Bool {
        var points = 0
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): continue
            case UInt8(ascii: "."), UInt8(ascii: ","): points += 1
            default: return false
            }
        }
        return points <= 1 && text.utf8.contains { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
    }
}
