/// What a footer's text says, before its types have a place in a zone.
struct FooterText: Hashable, Sendable {
    var standard: LocalType
    var daylight: LocalType?
    var start: YearlyTime?
    var end: YearlyTime?

    /// Reads a POSIX TZ string with the extensions of RFC 9636 §3.3.1: `CET-1CEST,M3.5.0,M10.5.0/3`, `<+03>-3`.
    /// Nil for anything else; daylight saving without its dates is refused, since POSIX leaves open when it would be.
    init?(_ text: Span<UInt8>) {
        var cursor = TextCursor()
        guard let name = cursor.zoneAbbreviation(text), let offset = cursor.clockSpan(text, hours: 24) else {
            return nil
        }
        standard = LocalType(offset: -offset, isDaylight: false, abbreviation: name)
        if cursor.isAtEnd(of: text) { return }
        guard let daylightName = cursor.zoneAbbreviation(text) else { return nil }
        // Without an offset of its own, daylight saving time is one hour ahead of standard time.
        var daylightOffset = standard.offset + 3600
        if cursor.peek(text) != UInt8(ascii: ",") {
            guard let offset = cursor.clockSpan(text, hours: 24) else { return nil }
            daylightOffset = -offset
        }
        daylight = LocalType(offset: daylightOffset, isDaylight: true, abbreviation: daylightName)
        guard let start = cursor.yearlyTime(text), let end = cursor.yearlyTime(text), cursor.isAtEnd(of: text) else {
            return nil
        }
        self.start = start
        self.end = end
    }
}

extension TextCursor {
    /// Reads three or more letters, or three or more letters, digits, `+` and `-` in angle brackets. At most 32.
    fileprivate mutating func zoneAbbreviation(_ text: Span<UInt8>) -> String? {
        let isQuoted = take("<", text)
        var name: [UInt8] = []
        while let byte = peek(text), byte.isLetter || (isQuoted && byte.isDigitOrSign) {
            name.append(byte)
            position += 1
        }
        guard 3...32 ~= name.count, !isQuoted || take(">", text) else { return nil }
        return String(decoding: name, as: UTF8.self)
    }

    /// Reads `[+-]h[hh][:mm[:ss]]` as seconds, hours up to `hours`.
    fileprivate mutating func clockSpan(_ text: Span<UInt8>, hours limit: Int) -> Int? {
        let isNegative = take("-", text)
        if !isNegative { _ = take("+", text) }
        guard let hours = number(upTo: 3, text), hours <= limit else { return nil }
        var seconds = hours * 3600
        for unit in [60, 1] {
            guard take(":", text) else { break }
            guard let value = number(digits: 2, text), value < 60 else { return nil }
            seconds += value * unit
        }
        return isNegative ? -seconds : seconds
    }

    /// Reads `,date[/time]`; the time is 02:00 where it is missing, and within −167...167 hours.
    fileprivate mutating func yearlyTime(_ text: Span<UInt8>) -> YearlyTime? {
        guard take(",", text), let date = yearlyDate(text) else { return nil }
        guard take("/", text) else { return YearlyTime(date: date, time: 7200) }
        guard let time = clockSpan(text, hours: 167) else { return nil }
        return YearlyTime(date: date, time: Int64(time))
    }

    private mutating func yearlyDate(_ text: Span<UInt8>) -> YearlyTime.Date? {
        if take("M", text) {
            guard let month = number(upTo: 2, text), 1...12 ~= month, take(".", text),
                let week = digit(text), 1...5 ~= week, take(".", text), let weekday = digit(text), weekday <= 6
            else { return nil }
            return .weekday(month: month, week: week, weekday: weekday)
        }
        if take("J", text) {
            guard let ordinal = number(upTo: 3, text), 1...365 ~= ordinal else { return nil }
            return .julian(ordinal)
        }
        guard let ordinal = number(upTo: 3, text), ordinal <= 365 else { return nil }
        return .ordinal(ordinal)
    }
}

extension UInt8 {
    fileprivate var isLetter: Bool { (65...90).contains(self) || (97...122).contains(self) }
    fileprivate var isDigitOrSign: Bool { (48...57).contains(self) || self == 43 || self == 45 }
}
