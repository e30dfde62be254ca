public import StoreAPI

/// A phone number in E.164: `+` and 8 to 15 digits.
public struct Phone: Sendable, Hashable, CustomStringConvertible {
    /// `+15550100001`
    public let text: String

    /// Takes what people type: spaces, dashes, dots, parentheses and a leading `00` are understood.
    public init?(_ typed: String) {
        var digits = ""
        for (index, character) in typed.trimmed.enumerated() {
            switch character {
            case "0"..."9" where character.isASCII: digits.append(character)
            case "+" where index == 0: digits = "+"
            case " ", "-", ".", "(", ")", "/", "\u{A0}": continue
            default: return nil
            }
        }
        if digits.hasPrefix("00") { digits = "+" + digits.dropFirst(2) }
        guard digits.hasPrefix("+"), (9...16).contains(digits.utf8.count), !digits.hasPrefix("+0") else { return nil }
        text = digits
    }

    /// A number that has been through ``init(_:)`` before it was stored.
    private init(stored text: String) { self.text = text }

    public var description: String { text }
}

/// An e-mail address, compared without regard to case.
public struct Email: Sendable, Hashable, CustomStringConvertible {
    /// As it is stored and compared: lower case.
    public let text: String

    /// One `@`, a local part of at most 64 and a domain of dotted labels; at most 254 characters in all (RFC 5321 §4.5.3).
    public init?(_ typed: String) {
        let text = typed.trimmed.lowercased()
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, text.utf8.count <= 254, (1...64).contains(parts[0].utf8.count),
            !parts[0].hasPrefix("."), !parts[0].hasSuffix("."), !parts[0].contains(".."),
            parts[0].unicodeScalars.allSatisfy({
                $0.value > 32 && $0.value != 127 && !"<>()[]\\,;:\"".unicodeScalars.contains($0)
            })
        else { return nil }
        let labels = parts[1].split(separator: ".", omittingEmptySubsequences: false)
        guard labels.count >= 2,
            labels.allSatisfy({ label in
                (1...63).contains(label.utf8.count) && !label.hasPrefix("-") && !label.hasSuffix("-")
                    && label.unicodeScalars.allSatisfy {
                        $0.properties.isAlphabetic || ("0"..."9").contains($0) || $0 == "-"
                    }
            })
        else { return nil }
        self.text = text
    }

    /// An address that has been through ``init(_:)`` before it was stored.
    private init(stored text: String) { self.text = text }

    public var description: String { text }
}

extension Phone: Described, SQLConvertible {
    public static var schema: Schema<Phone> {
        .text(
            JSONSchema(["type": "string", "format": "phone", "examples": ["+15550100001"]]),
            allowed: "a phone number with its country code, such as +15550100001",
            sample: { "+1555010000\($0 % 10)" }, parse: { Phone($0) }, write: { $1.value($0.text) })
    }
    public var sqlValue: SQLValue { .text(text) }
    public init?(sqlValue: SQLValue) {
        guard case .text(let text) = sqlValue else { return nil }
        self.init(stored: text)
    }
    public static func read(_ source: any RowSource, at index: Int) throws(StoreError) -> Phone? {
        try source.text(at: index).map { Phone(stored: $0) }
    }
}

extension Email: Described, SQLConvertible {
    public static var schema: Schema<Email> {
        .text(
            JSONSchema(["type": "string", "format": "email"]), allowed: "an e-mail address",
            sample: { "person\($0)@example.com" }, parse: { Email($0) }, write: { $1.value($0.text) })
    }
    public var sqlValue: SQLValue { .text(text) }
    public init?(sqlValue: SQLValue) {
        guard case .text(let text) = sqlValue else { return nil }
        self.init(stored: text)
    }
    public static func read(_ source: any RowSource, at index: Int) throws(StoreError) -> Email? {
        try source.text(at: index).map { Email(stored: $0) }
    }
}
