/// A telephone number as its digits, so that `+49 (0)30 1234-567` and `0049 30 1234567` are one.
public struct PhoneNumber: Sendable, Hashable {
    /// Digits without prefixes for dialling: a country's code and number where it was written in full, else the number
    /// without its leading zeros.
    public let digits: String
    /// Whether it was written with its country's code.
    public let isInternational: Bool

    /// - Returns: nil for what is no number of 5 to 15 digits (E.164 knows 15), with an extension or without.
    public init?(_ text: String) {
        var digits = ""
        var isInternational = false
        var isInParentheses = false
        var parenthesised = ""
        var sinceSeparator = 0
        reading: for character in text {
            switch character {
            case "0"..."9":
                if isInParentheses { parenthesised.append(character) } else { digits.append(character) }
                sinceSeparator += 1
            case "+":
                guard digits.isEmpty, parenthesised.isEmpty, !isInternational else { return nil }
                isInternational = true
            case "(": isInParentheses = true
            case ")":
                isInParentheses = false
                // `+44 (0)20`: the zero is dialled within the country only.
                if !(isInternational && parenthesised == "0") { digits += parenthesised }
                parenthesised = ""
            case " ", "-", ".", "/", "\u{A0}", "\u{2011}": break
            case "x", "X", "e", "E", "#", ";", ",":
                // An extension.
                guard digits.count >= 5 else { return nil }
                break reading
            default: return nil
            }
        }
        guard !isInParentheses, sinceSeparator > 0 else { return nil }
        if !isInternational, digits.hasPrefix("00") {
            isInternational = true
            digits.removeFirst(2)
        }
        if !isInternational { while digits.hasPrefix("0") { digits.removeFirst() } }
        guard (5...15).contains(digits.count) else { return nil }
        self.digits = digits
        self.isInternational = isInternational
    }

    /// The last nine digits, or fewer where there are none: the same however much of the prefix was written.
    public var subscriber: String { String(digits.suffix(9)) }
}
