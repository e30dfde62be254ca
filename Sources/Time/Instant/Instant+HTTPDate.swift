extension Instant {
    /// Reads an HTTP date in any of its three forms (RFC 9110 §5.6.7): `Sun, 06 Nov 1994 08:49:37 GMT`,
    /// `Sunday, 06-Nov-94 08:49:37 GMT` and `Sun Nov  6 08:49:37 1994`. Case counts and the weekday must be the day's
    /// own. `now` places a year of two digits: not more than 50 years ahead of it.
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
    var abbreviation: String {
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
    var restOfName: String {
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
func monthAbbreviation(_ month: Int) -> String {
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
