extension Schema {
    /// A value read from text: strings in JSON, and whatever a path, query or header holds.
    ///
    /// - Parameters:
    ///   - allowed: completes the sentence "must be …".
    ///   - parse: nil when the text is not such a value.
    public static func text(
        _ document: JSONSchema, allowed: String, sample: @escaping @Sendable (Int) -> String,
        parse: @escaping @Sendable (String) -> Value?, write: @escaping @Sendable (Value, inout JSONWriter) -> Void
    ) -> Schema {
        Schema(
            document: document, sample: { .string(sample($0)) },
            read: { input, decoding in
                guard let text = input.plainText else {
                    decoding.mistake(.type, "must be a string", input)
                    return nil
                }
                guard let value = parse(text) else {
                    decoding.mistake(text.isEmpty ? .missing : .format, "must be \(allowed)", input)
                    return nil
                }
                return value
            }, write: write)
    }
}

extension Input {
    /// The text of a JSON string or of a parameter; nil for all else.
    @usableFromInline
    var plainText: String? {
        switch self {
        case .json(let cursor): cursor.string
        case .text(let text): text
        case .form(let value): value.text
        case .texts, .files, .absent: nil
        }
    }
}

extension Schema where Value == Bool {
    /// True or false; in a query `true`, `false`, `1` or `0`.
    public static var bool: Schema {
        Schema(document: JSONSchema(["type": "boolean"]), sample: { .bool($0 % 2 == 0) }) { input, decoding in
            let value: Bool? =
                switch input.scalar {
                case .json(let cursor): cursor.bool
                case .text("true"), .text("1"): true
                case .text("false"), .text("0"): false
                default: nil
                }
            if value == nil { decoding.mistake(.type, "must be true or false", input) }
            return value
        } write: {
            $1.value($0)
        }
    }
}

extension Schema where Value == Int {
    /// A whole number within a range.
    public static func int(_ range: ClosedRange<Int> = Int(Int32.min)...Int(Int32.max)) -> Schema {
        let document = JSONSchema([
            "type": "integer", "minimum": .integer(Int64(range.lowerBound)),
            "maximum": .integer(Int64(range.upperBound)),
        ])
        let allowed = "must be a whole number, \(range.lowerBound) to \(range.upperBound)"
        return Schema(document: document, sample: { .integer(Int64(range.lowerBound + $0 % range.count)) }) {
            input, decoding in
            let number: Int? =
                switch input.scalar {
                case .json(let cursor): cursor.integer.flatMap { Int(exactly: $0) }
                case .text(let text): Int(text)
                default: nil
                }
            guard let number else {
                decoding.mistake(.type, allowed, input)
                return nil
            }
            guard range.contains(number) else {
                decoding.mistake(.range, allowed, input)
                return nil
            }
            return number
        } write: {
            $1.value($0)
        }
    }
}

extension Schema where Value == Double {
    /// A number within a range.
    public static func double(_ range: ClosedRange<Double> = -1e15...1e15) -> Schema {
        let document = JSONSchema([
            "type": "number", "minimum": .number(range.lowerBound), "maximum": .number(range.upperBound),
        ])
        let allowed = "must be a number, \(JSON.number(range.lowerBound).text) to \(JSON.number(range.upperBound).text)"
        return Schema(
            document: document,
            sample: { .number(range.lowerBound + (range.upperBound - range.lowerBound) * Double($0 % 4) / 4) }
        ) { input, decoding in
            let number: Double? =
                switch input.scalar {
                case .json(let cursor): cursor.double
                case .text(let text): Double(text).flatMap { $0.isFinite ? $0 : nil }
                default: nil
                }
            guard let number else {
                decoding.mistake(.type, allowed, input)
                return nil
            }
            guard range.contains(number) else {
                decoding.mistake(.range, allowed, input)
                return nil
            }
            return number
        } write: {
            $1.value($0)
        }
    }
}
