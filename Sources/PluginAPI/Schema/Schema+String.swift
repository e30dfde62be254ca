extension Schema where Value == String {
    /// What surrounds a text is removed unless it counts, as in passwords.
    public enum Trimming: Sendable { case trimmed, verbatim }

    /// A text of so many characters. Trimmed unless told otherwise; control characters but line breaks and tabs are refused.
    public static func string(_ length: ClosedRange<Int> = 0...1000, _ trimming: Trimming = .trimmed) -> Schema {
        let document = JSONSchema([
            "type": "string", "minLength": .integer(Int64(length.lowerBound)),
            "maxLength": .integer(Int64(length.upperBound)),
        ])
        return Schema(document: document, sample: { .string(sample($0, length)) }) { input, decoding in
            guard let raw = input.plainText else {
                decoding.mistake(.type, "must be a string", input)
                return nil
            }
            let text = trimming == .trimmed ? raw.trimmed : raw
            if text.unicodeScalars.contains(where: { $0.value < 32 && !"\n\r\t".unicodeScalars.contains($0) }) {
                decoding.mistake(.notAllowed, "must not contain control characters", input)
                return nil
            }
            // `count` walks grapheme clusters; the bytes bound it, so that short texts need no walk.
            if text.utf8.count > length.upperBound,
                text.count > length.upperBound || text.utf8.count > length.upperBound * 16
            {
                decoding.mistake(.tooLong, "must have at most \(length.upperBound) characters", input)
                return nil
            }
            if text.utf8.count < length.lowerBound || length.lowerBound > 1 && text.count < length.lowerBound {
                if text.isEmpty {
                    decoding.mistake(.missing, "must not be empty", input)
                } else {
                    decoding.mistake(.format, "must have at least \(length.lowerBound) characters", input)
                }
                return nil
            }
            return text
        } write: {
            $1.value($0)
        }
    }

    private static func sample(_ seed: Int, _ length: ClosedRange<Int>) -> String {
        let text = String("\(seed)abcdefgh".prefix(length.upperBound))
        return text + String(repeating: "x", count: max(0, length.lowerBound - text.count))
    }
}

extension Schema where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
    /// One of an enum's words, written exactly.
    @inlinable
    public static var oneOf: Schema {
        let words = Value.allCases.map(\.rawValue)
        let document = JSONSchema(["type": "string", "enum": .array(words.map { .string($0) })])
        let allowed = "must be one of \(words.joined(separator: ", "))"
        return Schema(document: document, sample: { .string(words[$0 % max(1, words.count)]) }) { input, decoding in
            guard let text = input.plainText else {
                decoding.mistake(.type, allowed, input)
                return nil
            }
            guard let value = Value(rawValue: text) else {
                decoding.mistake(.notAllowed, allowed, input)
                return nil
            }
            return value
        } write: {
            $1.value($0.rawValue)
        }
    }
}

extension String {
    /// Without white space at both ends.
    var trimmed: String {
        guard let first = first, let last = last, first.isWhitespace || last.isWhitespace else { return self }
        return String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
