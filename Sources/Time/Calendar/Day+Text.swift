extension Day: CustomStringConvertible {
    /// Reads `YYYY-MM-DD` (RFC 3339 full-date) and nothing else.
    public init?(iso8601 text: Span<UInt8>) {
        var cursor = TextCursor()
        guard let day = cursor.day(text), cursor.isAtEnd(of: text) else { return nil }
        self = day
    }

    /// Reads `YYYY-MM-DD` (RFC 3339 full-date) and nothing else.
    public init?(iso8601 text: String) { self.init(iso8601: text.utf8.span) }

    /// Appends `YYYY-MM-DD`, ten bytes.
    public func write(into bytes: inout [UInt8]) {
        let (year, month, day) = fields
        bytes.appendFourDigits(year)
        bytes.append(UInt8(ascii: "-"))
        bytes.appendTwoDigits(month)
        bytes.append(UInt8(ascii: "-"))
        bytes.appendTwoDigits(day)
    }

    /// `YYYY-MM-DD`.
    public var description: String {
        var bytes: [UInt8] = []
        write(into: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension TextCursor {
    /// Reads `YYYY-MM-DD`, a day that exists.
    mutating func day(_ text: Span<UInt8>) -> Day? {
        guard let year = number(digits: 4, text), take("-", text),
            let month = number(digits: 2, text), take("-", text),
            let day = number(digits: 2, text)
        else { return nil }
        return Day(year: year, month: month, day: day)
    }
}
