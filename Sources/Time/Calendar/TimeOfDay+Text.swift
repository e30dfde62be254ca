extension TimeOfDay: CustomStringConvertible {
    /// Reads `HH:MM`, `HH:MM:SS` or `HH:MM:SS.f`, one to nine digits of fraction; digits beyond microseconds are cut
    /// off.
    public init?(iso8601 text: Span<UInt8>) {
        var cursor = TextCursor()
        guard let time = cursor.timeOfDay(text), cursor.isAtEnd(of: text) else { return nil }
        self = time
    }

    /// Reads `HH:MM`, `HH:MM:SS` or `HH:MM:SS.f`, one to nine digits of fraction; digits beyond microseconds are cut
    /// off.
    public init?(iso8601 text: String) { self.init(iso8601: text.utf8.span) }

    /// Appends `HH:MM` where the seconds are zero, else `HH:MM:SS` with milliseconds or microseconds where not zero.
    public func write(into bytes: inout [UInt8]) {
        if microsecondsSinceMidnight % 60_000_000 == 0 {
            writeHourMinute(into: &bytes)
        } else {
            writeFull(into: &bytes)
        }
    }

    /// As `write(into:)`.
    public var description: String {
        var bytes: [UInt8] = []
        write(into: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    @inline(__always)
    private func writeHourMinute(into bytes: inout [UInt8]) {
        let minutes = secondsSinceMidnight / 60
        bytes.appendTwoDigits(minutes / 60)
        bytes.append(UInt8(ascii: ":"))
        bytes.appendTwoDigits(minutes % 60)
    }

    /// Appends `HH:MM:SS` and a fraction where there is one.
    @inline(__always)
    func writeFull(into bytes: inout [UInt8]) {
        writeHourMinute(into: &bytes)
        bytes.append(UInt8(ascii: ":"))
        bytes.appendTwoDigits(second)
        bytes.appendFraction(microseconds: microsecond)
    }
}

extension TextCursor {
    /// Reads `HH:MM`, and the seconds and fraction where they follow.
    mutating func timeOfDay(_ text: Span<UInt8>) -> TimeOfDay? {
        guard let hour = number(digits: 2, text), take(":", text), let minute = number(digits: 2, text) else {
            return nil
        }
        guard take(":", text) else { return TimeOfDay(hour: hour, minute: minute) }
        guard let second = number(digits: 2, text), let nanoseconds = fraction(text) else { return nil }
        return TimeOfDay(hour: hour, minute: minute, second: second, microsecond: nanoseconds / 1000)
    }
}
