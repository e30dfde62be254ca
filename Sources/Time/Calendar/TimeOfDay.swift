/// What a clock on the wall shows, to the microsecond: 00:00 up to but not including 24:00, without day or zone.
public struct TimeOfDay: Hashable, Comparable, Sendable {
    /// Microseconds since midnight on the clock's face, 0 ..< 86,400,000,000.
    public let microsecondsSinceMidnight: Int64

    /// 00:00.
    public static let midnight = TimeOfDay(unchecked: 0)
    /// 12:00.
    public static let noon = TimeOfDay(unchecked: 43_200_000_000)

    init(unchecked microseconds: Int64) { microsecondsSinceMidnight = microseconds }

    /// The time with these fields; nil where one is out of range. There is no 24:00 and no second 60.
    public init?(hour: Int, minute: Int, second: Int = 0, microsecond: Int = 0) {
        guard 0..<24 ~= hour, 0..<60 ~= minute, 0..<60 ~= second, 0..<1_000_000 ~= microsecond else { return nil }
        microsecondsSinceMidnight = Int64((hour * 60 + minute) * 60 + second) * 1_000_000 + Int64(microsecond)
    }

    /// Whole seconds since midnight on the clock's face, 0..<86,400.
    public var secondsSinceMidnight: Int { Int(microsecondsSinceMidnight / 1_000_000) }
    /// The hour, 0..<24.
    public var hour: Int { secondsSinceMidnight / 3600 }
    /// The minute, 0..<60.
    public var minute: Int { secondsSinceMidnight / 60 % 60 }
    /// The second, 0..<60.
    public var second: Int { secondsSinceMidnight % 60 }
    /// The microsecond, 0..<1,000,000.
    public var microsecond: Int { Int(microsecondsSinceMidnight % 1_000_000) }

    /// Orders from midnight on.
    public static func < (left: TimeOfDay, right: TimeOfDay) -> Bool {
        left.microsecondsSinceMidnight < right.microsecondsSinceMidnight
    }
}
