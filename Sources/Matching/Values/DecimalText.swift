/// A number as records write it.
enum DecimalText {
    /// The number of a text such as `12`, `-3.5`, `1,250.00`, `1e3`; nil for anything else, infinity and NaN.
    static func value(of text: String) -> Double? {
        var plain = ""
        for character in text where !character.isWhitespace {
            guard character.isASCII, character.isNumber || "+-.,eE".contains(character) else { return nil }
            if character != "," { plain.append(character) }
        }
        guard let first = plain.first(where: { $0 != "+" && $0 != "-" }), first.isNumber || first == "." else {
            return nil
        }
        guard let value = Double(plain), value.isFinite else { return nil }
        return value
    }
}
