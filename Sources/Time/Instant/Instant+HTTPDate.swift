extension Instant {
    /// Reads an HTTP date in any of its three forms (RFC 9110 §5.6.7): `Sun, 06 Nov 1994 08:49:37 GMT`,
    /// `Sunday, 06-Nov-94 08:49:37 GMT` and `Sun Nov  6 08:49:37 1994`. Case counts and the weekday must be the day's own.
    /// `now` places a year of two digits: not more than 50 years ahead of it.
    public init?(httpDate text: Span<UInt8>, now: Instant) {
        var cursor = TextCursor()
        guard let weekday = cursor.weekday(text) else { return nil }
        let read: (day: Day, clock: ClockFields)?
        if cursor.take(word: ", ", text) {
            read = cursor.fixdate(text)
        } else if cursor.take(" ", text) {
            read = cursor.asctime(text)
        } else {
            read = cursor.rfc850(weekday, now: now, text)
        }
        guard let (day, clock) = read, cursor.isAtEnd(of: text), day.weekday == weekday else { return nil }
        self.init(day: day, clock: clock, microseconds: 0, offset: 0)
    }

    /// Reads an HTTP date; see `init(httpDate:now:)` over bytes.
    public init?(httpDate text: String, now: Instant) { self.init(httpDate: text.utf8.span, now: now) }

    /// Appends an IMF-fixdate (RFC 9110 §5.6.7), 29 bytes: `Sun, 06 Nov 1994 08:49:37 GMT`. The fraction is cut off.
    public func writeHTTPDate(into bytes: inout [UInt8]) {
        let local = LocalTime(microseconds: microseconds)
        let (year, month, day) = local.day.fields
        let seconds = local.time.secondsSinceMidnight
        bytes.append(contentsOf: local.day.weekday.abbreviation.utf8)
        bytes.append(UInt8(ascii: ","))
        bytes.append(UInt8(ascii: " "))
        bytes.appendTwoDigits(day)
        bytes.append(UInt8(ascii: " "))
        bytes.append(contentsOf: monthAbbreviation(month).utf8)
        bytes.append(UInt8(ascii: " "))
        bytes.appendFourDigits(year)
        bytes.append(UInt8(ascii: " "))
        bytes.appendTwoDigits(seconds / 3600)
        bytes.append(UInt8(ascii: ":"))
        bytes.appendTwoDigits(seconds / 60 % 60)
        bytes.append(UInt8(ascii: ":"))
        bytes.appendTwoDigits(seconds % 60)
        bytes.append(contentsOf: " GMT".utf8)
    }

    /// An IMF-fixdate: `Sun, 06 Nov 1994 08:49:37 GMT`.
    public var httpDate: String {
        var bytes: [UInt8] = []
        writeHTTPDate(into: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension Weekday {
    /// Short enough to be stored in the string itself, so using it allocates nothing.
    fileprivate var abbreviation: String {
        switch self {
        case .monday: "Mon"
        case .tuesday: "Tue"
        case .wednesday: "Wed"
        case .thursday: "Thu"
        case .friday: "Fri"
        case .saturday: "Sat"
        case .sunday: "Sun"
        }
    }

    /// What the RFC 850 form has after the abbreviation.
    fileprivate var restOfName: String {
        switch self {
        case .tuesday: "sday"
        case .wednesday: "nesday"
        case .thursday: "rsday"
        case .saturday: "urday"
        case .monday, .friday, .sunday: "day"
        }
    }
}

/// The name of a month, 1...12, as HTTP abbreviates it.
private func monthAbbreviation(_ month: Int) -> String {
    switch month {
    case 1: "Jan"
    case 2: "Feb"
    case 3: "Mar"
    case 4: "Apr"
    case 5: "May"
    case 6: "Jun"
    case 7: "Jul"
    case 8: "Aug"
    case 9: "Sep"
    case 10: "Oct"
    case 11: "Nov"
    default: "Dec"
    }
}

extension TextCursor {
    fileprivate mutating func weekday(_ text: Span<UInt8>) -> Weekday? {
        for number in 1...7 {
            if let weekday = Weekday(rawValue: number), take(word: weekday.abbreviation, text) { return weekday }
        }
        return nil
    }

    private mutating func month(_ text: Span<UInt8>) -> Int? {
        for month in 1...12 where take(word: monthAbbreviation(month), text) { return month }
        return nil
    }

    /// Reads the rest of `Sun, 06 Nov 1994 08:49:37 GMT` after the first space.
    fileprivate mutating func fixdate(_ text: Span<UInt8>) -> (day: Day, clock: ClockFields)? {
        guard let day = number(digits: 2, text), take(" ", text), let month = month(text), take(" ", text),
            let year = number(digits: 4, text), take(" ", text), let clock = clock(text), take(word: " GMT", text),
            let date = Day(year: year, month: month, day: day)
        else { return nil }
        return (date, clock)
    }

    /// Reads the rest of `Sunday, 06-Nov-94 08:49:37 GMT` after the first three letters.
    fileprivate mutating func rfc850(
        _ weekday: Weekday, now: Instant, _ text: Span<UInt8>
    ) -> (day: Day, clock: ClockFields)? {
        guard take(word: weekday.restOfName, text), take(word: ", ", text),
            let day = number(digits: 2, text), take("-", text), let month = month(text), take("-", text),
            let shortYear = number(digits: 2, text), take(" ", text), let clock = clock(text), take(word: " GMT", text)
        else { return nil }
        // The latest year that ends in these digits and lies at most 50 years ahead: first by year, then by instant.
        let latest = LocalTime(microseconds: now.microseconds).day.adding(years: 50)
        var year = latest.year - latest.year % 100 + shortYear
        if year > latest.year { year -= 100 }
        if year == latest.year, let date = Day(year: year, month: month, day: day), date > latest { year -= 100 }
        guard let date = Day(year: year, month: month, day: day) else { return nil }
        return (date, clock)
    }

    /// Reads the rest of `Sun Nov  6 08:49:37 1994` after the first space.
    fileprivate mutating func asctime(_ text: Span<UInt8>) -> (day: Day, clock: ClockFields)? {
        guard let month = month(text), take(" ", text),
            let day = take(" ", text) ? digit(text) : number(digits: 2, text), take(" ", text),
            let clock = clock(text), take(" ", text), let year = number(digits: 4, text),
            let date = Day(year: year, month: month, day: day)
        else { return nil }
        return (date, clock)
    }
}
