extension Duration {
    /// Reads an ISO 8601 duration of fixed length: `PT15M`, `P1DT12H`, `P2W`, `PT0.25S`, with a leading `-` where
    /// negative. A day is 24 hours, a week seven days. Only seconds may have a fraction, of one to nine digits.
    /// Years and months are refused: their length depends on where they begin.
    public init?(iso8601 text: Span<UInt8>) {
        var cursor = TextCursor()
        let isNegative = cursor.take("-", text)
        guard cursor.take("P", text), let (seconds, nanoseconds) = cursor.durationFields(text), cursor.isAtEnd(of: text)
        else { return nil }
        let length = Duration.seconds(seconds) + .nanoseconds(nanoseconds)
        self = isNegative ? .zero - length : length
    }

    /// Reads an ISO 8601 duration; see `init(iso8601:)` over bytes.
    public init?(iso8601 text: String) { self.init(iso8601: text.utf8.span) }

    /// Appends an ISO 8601 duration in hours, minutes and seconds: `PT36H`, `PT15M`, `PT1M0.25S`, `PT0S`, `-PT5M`.
    /// What is finer than a nanosecond is cut off. Days are not used, since a calendar's day can have 23 or 25 hours.
    public func writeISO8601(into bytes: inout [UInt8]) {
        let (whole, attoseconds) = components
        let seconds = whole.magnitude
        let nanoseconds = attoseconds.magnitude / 1_000_000_000
        if self < .zero, seconds > 0 || nanoseconds > 0 { bytes.append(UInt8(ascii: "-")) }
        bytes.append(UInt8(ascii: "P"))
        bytes.append(UInt8(ascii: "T"))
        if seconds >= 3600 {
            bytes.appendDecimal(seconds / 3600)
            bytes.append(UInt8(ascii: "H"))
        }
        if seconds / 60 % 60 > 0 {
            bytes.appendDecimal(seconds / 60 % 60)
            bytes.append(UInt8(ascii: "M"))
        }
        guard seconds % 60 > 0 || nanoseconds > 0 || seconds == 0 else { return }
        bytes.appendDecimal(seconds % 60)
        bytes.appendNanoseconds(nanoseconds)
        bytes.append(UInt8(ascii: "S"))
    }

    /// The ISO 8601 text; see `writeISO8601(into:)`.
    public var iso8601: String {
        var bytes: [UInt8] = []
        writeISO8601(into: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension [UInt8] {
    /// Appends a point and the digits up to the last that is not zero; nothing for zero.
    fileprivate mutating func appendNanoseconds(_ nanoseconds: UInt64) {
        guard nanoseconds > 0 else { return }
        append(UInt8(ascii: "."))
        var rest = nanoseconds
        var unit: UInt64 = 100_000_000
        while rest > 0 {
            append(UInt8(truncatingIfNeeded: 48 + rest / unit))
            rest %= unit
            unit /= 10
        }
    }
}

extension TextCursor {
    /// Reads what follows the `P`. Up to twelve digits a number: more than the calendar has seconds, and no sum
    /// overflows.
    fileprivate mutating func durationFields(_ text: Span<UInt8>) -> (seconds: Int64, nanoseconds: Int64)? {
        // Each unit at most once, largest first; `next` is the first that may still come.
        let units: [(letter: Unicode.Scalar, seconds: Int64)] = [
            ("W", 604_800), ("D", 86_400), ("H", 3600), ("M", 60), ("S", 1),
        ]
        var next = 0
        var seconds: Int64 = 0
        var nanoseconds: Int64 = 0
        var isTime = false
        while !isAtEnd(of: text) {
            if !isTime, take("T", text) {
                isTime = true
                next = 2
                guard !isAtEnd(of: text) else { return nil }
            }
            guard let number = number(upTo: 12, text) else { return nil }
            let hasFraction = peek(text) == UInt8(ascii: ".")
            guard let fraction = fraction(text) else { return nil }
            var unit = next
            while unit < units.count, !take(units[unit].letter, text) { unit += 1 }
            guard unit < units.count, isTime == (unit >= 2), !hasFraction || unit == 4 else { return nil }
            seconds += Int64(number) * units[unit].seconds
            nanoseconds = Int64(fraction)
            next = unit + 1
            // A week stands alone (ISO 8601 §5.5.2.1).
            if unit == 0 { return (seconds, 0) }
        }
        return next == 0 ? nil : (seconds, nanoseconds)
    }
}
