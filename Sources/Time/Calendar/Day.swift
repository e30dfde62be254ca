/// A day of the proleptic Gregorian calendar, without a zone: a birthday, a holiday, a date on a form.
/// Years run from 0001 to 9999; arithmetic that would leave them stops at the first or the last day.
public struct Day: Hashable, Comparable, Sendable {
    /// Days since 1970-01-01.
    let number: Int32

    /// 0001-01-01.
    public static let minimum = Day(number: -719_162)
    /// 9999-12-31.
    public static let maximum = Day(number: 2_932_896)

    private init(number: Int32) { self.number = number }

    /// The day with these fields; nil where there is none (31 April, 29 February 2025, year 0).
    public init?(year: Int, month: Int, day: Int) {
        guard 1...9999 ~= year, 1...12 ~= month, day >= 1, day <= Civil.length(ofMonth: month, year: year) else {
            return nil
        }
        number = Int32(truncatingIfNeeded: Civil.days(year: year, month: month, day: day))
    }

    /// The day this many days after 1970-01-01, which may be negative; beyond the years 0001...9999 the nearest day
    /// within.
    public init(daysSinceEpoch days: Int) {
        number = Int32(truncatingIfNeeded: Swift.min(Swift.max(days, -719_162), 2_932_896))
    }

    /// Days since 1970-01-01; negative before it.
    public var daysSinceEpoch: Int { Int(number) }

    /// Orders by time.
    public static func < (left: Day, right: Day) -> Bool { left.number < right.number }

    /// Year (1...9999), month (1...12) and day of the month (1...31) at once, cheaper than one by one.
    public var fields: (year: Int, month: Int, day: Int) { Civil.fields(ofDay: Int(number)) }
    /// The year, 1...9999.
    public var year: Int { fields.year }
    /// The month, 1...12.
    public var month: Int { fields.month }
    /// The day of the month, 1...31.
    public var dayOfMonth: Int { fields.day }
    /// The day of the year, 1...366.
    public var dayOfYear: Int { Int(number) - Civil.days(year: year, month: 1, day: 1) + 1 }
    /// The day of the week.
    public var weekday: Weekday { Weekday(ofDay: Int(number)) }
}
