/// Fields of a response that are encoded ahead of time but for numbers in their values.
///
///     FieldTemplate([("x-ratelimit-remaining", [.number]), ("ratelimit", ["\"minute\";r=", .number])])
public struct FieldTemplate: Sendable {
    /// A part of a value.
    public enum Part: Sendable, ExpressibleByStringLiteral {
        /// The same in every answer.
        case text(String)
        /// The next number that is given.
        case number

        /// A text.
        public init(stringLiteral value: String) { self = .text(value) }
    }

    /// What stands between the numbers.
    let bytes: [UInt8]
    /// Where in `bytes` the numbers belong, in order.
    let gaps: [Int]

    /// A field is dropped whole for the same reasons as by ``HeaderFields``, and its numbers with it.
    public init(_ fields: [(name: HeaderName, value: [Part])]) {
        var encoded = HeaderFields()
        var gaps: [Int] = []
        for (name, parts) in fields {
            let start = encoded.bytes.count + name.count + 2
            var value: [UInt8] = []
            var places: [Int] = []
            for part in parts {
                switch part {
                case .text(let text): value += text.utf8
                case .number: places.append(start + value.count)
                }
            }
            if encoded.add(name, bytes: value) { gaps += places }
        }
        bytes = encoded.bytes
        self.gaps = gaps
    }
}
