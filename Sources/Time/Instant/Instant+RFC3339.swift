extension Instant: CustomStringConvertible {
    /// Reads an RFC 3339 date-time: `2025-08-28T10:30:00Z`, any numeric offset, one to nine digits of fraction (those
    /// beyond microseconds are cut off), years 0001...9999. `T` and `Z` may be lower case, as the RFC says; a space is
    /// refused. A leap second (`23:59:60` UTC at the end of a month) is read as the second after it, which POSIX time
    /// cannot tell apart.
    public init?(rfc3339 text: Span<UInt8>) {
        var cursor = TextCursor()
        guard let day = cursor.day(text), cursor.take("T", text) || cursor.take("t", text),
            let clock = cursor.clock(text), let fraction = cursor.fraction(text), let offset = cursor.offset(text),
            cursor.isAtEnd(of: text)
        else { return nil }
        self.init(day: day, clock: clock, microseconds: fraction / 1000, offset: offset)
    }

    /// Reads an RFC 3339 date-time; see `init(rfc3339:)` over bytes.
    public init?(rfc3339 text: String) { self.init(rfc3339: text.utf8.span) }

    /// Joins fields that were read. Nil outside the years 0001...9999, and for a second 60 that is not the last of a
    /// UTC month.
    init?(day: Day, clock: ClockFields, microseconds: Int, offset: Int) {
        let local =
            Int64(day.number) * Civil.secondsPerDay + Int64((clock.hour * 60 + clock.minute) * 60 + clock.second)
        let seconds = local - Int64(offset)
        if clock.second == 60 {
            let number = Civil.floorDivide(seconds, Civil.secondsPerDay)
            guard seconds == number * Civil.secondsPerDay, Civil.fields(ofDay: Int(number)).day == 1 else { return nil }
        }
        let total = seconds * 1_000_000 + Int64(microseconds)
        guard total >= Self.lowest, total <= Self.highest else { return nil }
        self.init(microseconds: total)
    }

    /// Appends RFC 3339 text in UTC: `2025-08-28T10:30:00Z`, with milliseconds (`.250`) or microseconds (`.250001`)
    /// where not zero.
    public func write(into bytes: inout [UInt8]) {
        LocalTime(microseconds: microseconds).write(into: &bytes)
        bytes.append(UInt8(ascii: "Z"))
    }

    /// RFC 3339 text in UTC; see `write(into:)`.
    public var description: String {
        var bytes: [UInt8] = []
        write(into: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// Hours, minutes and seconds as read; the second may be 60.
struct ClockFields {
    var hour: Int
    var minute: Int
    var second: Int
}

extension TextCursor {
    /// Reads `HH:MM:SS`, where SS may be 60.
    mutating func clock(_ text: Span<UInt8>) -> ClockFields? {
        guard let hour = number(digits: 2, text), hour < 24, take(":", text),
            let minute = number(digits: 2, text), minute < 60, take(":", text),
            let second = number(digits: 2, text), second <= 60
        else { return nil }
        return ClockFields(hour: hour, minute: minute, second: second)
    }

    /// Reads `Z`, `z`, `+HH:MM` or `-HH:MM` as seconds east of UTC.
    fileprivate mutating func offset(_ text: Span<UInt8>) -> Int? {
        if take("Z", text) || take("z", text) { return 0 }
        let isWest = take("-", text)
        guard isWest || take("+", text), let hours = number(digits: 2, text), hours < 24, take(":", text),
            let minutes = number(digits: 2, text), minutes < 60
        else { return nil }
        let seconds = (hours * 60 + minutes) * 60
        return isWest ? -seconds : seconds
    }
}
