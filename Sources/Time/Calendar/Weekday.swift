/// A day of the week, numbered as ISO 8601 does: Monday is 1, Sunday is 7.
public enum Weekday: Int, CaseIterable, Comparable, Sendable {
    case monday = 1
    case tuesday, wednesday, thursday, friday, saturday, sunday

    /// Orders by the ISO week: Monday first.
    public static func < (left: Weekday, right: Weekday) -> Bool { left.rawValue < right.rawValue }

    /// The weekday of a day's number; 1970-01-01 was a Thursday.
    init(ofDay number: Int) {
        switch number - Civil.floorDivide(number, 7) * 7 {
        case 0: self = .thursday
        case 1: self = .friday
        case 2: self = .saturday
        case 3: self = .sunday
        case 4: self = .monday
        case 5: self = .tuesday
        default: self = .wednesday
        }
    }
}
