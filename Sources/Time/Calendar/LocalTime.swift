/// A day and a time of day as shown on the wall somewhere, without saying where. It is no instant:
/// `Zone.instants(of:)` says which instants it names in a zone, if any.
public struct LocalTime: Hashable, Comparable, Sendable {
    /// The day.
    public let day: Day
    /// The time on that day.
    public let time: TimeOfDay

    /// The local time `time` on `day`.
    public init(_ day: Day, _ time: TimeOfDay) {
        self.day = day
        self.time = time
    }

    /// Orders as calendars do. In a zone whose clocks go back, a later instant can have an earlier local time.
    public static func < (left: LocalTime, right: LocalTime) -> Bool {
        left.day == right.day ? left.time < right.time : left.day < right.day
    }

    /// Microseconds since 1970-01-01T00:00 on this wall.
    var microseconds: Int64 { Int64(day.number) * Civil.microsecondsPerDay + time.microsecondsSinceMidnight }

    /// The inverse of `microseconds`; beyond the calendar's years the first or last local time.
    init(microseconds: Int64) {
        let number = Civil.floorDivide(microseconds, Civil.microsecondsPerDay)
        if number < Int64(Day.minimum.number) {
            self.init(.minimum, .midnight)
        } else if number > Int64(Day.maximum.number) {
            self.init(.maximum, TimeOfDay(unchecked: Civil.microsecondsPerDay - 1))
        } else {
            self.init(
                Day(daysSinceEpoch: Int(number)), TimeOfDay(unchecked: microseconds - number * Civil.microsecondsPerDay)
            )
        }
    }
}

extension LocalTime: CustomStringConvertible {
    /// Reads `YYYY-MM-DDTHH:MM`, with `:SS` and a fraction of one to nine digits where they follow. An offset or `Z` is
    /// refused.
    public init?(iso8601 text: Span<UInt8>) {
        var cursor = TextCursor()
        guard let day = cursor.day(text), cursor.take("T", text), let time = cursor.timeOfDay(text),
            cursor.isAtEnd(of: text)
        else { return nil }
        self.init(day, time)
    }

    /// Reads `YYYY-MM-DDTHH:MM`, with `:SS` and a fraction of one to nine digits where they follow. An offset or `Z` is
    /// refused.
    public init?(iso8601 text: String) { self.init(iso8601: text.utf8.span) }

    /// Appends `YYYY-MM-DDTHH:MM:SS`, with milliseconds or microseconds where not zero.
    public func write(into bytes: inout [UInt8]) {
        day.write(into: &bytes)
        bytes.append(UInt8(ascii: "T"))
        time.writeFull(into: &bytes)
    }

    /// `YYYY-MM-DDTHH:MM:SS`, with milliseconds or microseconds where not zero.
    public var description: String {
        var bytes: [UInt8] = []
        write(into: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}
