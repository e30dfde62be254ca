internal import PluginAPI

/// The levels at which calls are added up.
enum TotalLevel: Int, CaseIterable, Sendable {
    /// A quarter of an hour, of which every zone's day is made.
    case quarter = 0
    /// A day of UTC.
    case day = 1
    /// 32 days.
    case block = 2

    /// Microseconds.
    var length: Int64 {
        switch self {
        case .quarter: 900_000_000
        case .day: 86_400_000_000
        case .block: 32 * 86_400_000_000
        }
    }

    /// The number of the row into which a moment falls.
    func number(of instant: Instant) -> Int64 {
        let (quotient, remainder) = instant.microseconds.quotientAndRemainder(dividingBy: length)
        return remainder < 0 ? quotient - 1 : quotient
    }
}

/// A period as few rows of the totals, and what is left at its ends, less than a quarter of an hour each.
struct TotalRanges: Sendable, Equatable {
    /// Rows of one level, from a number up to but not including another.
    struct Rows: Sendable, Equatable {
        let level: TotalLevel
        let from: Int64
        let to: Int64
    }

    private(set) var rows: [Rows] = []
    /// What is no whole quarter of an hour.
    private(set) var rests: [InstantRange] = []

    init(_ period: InstantRange) {
        let length = TotalLevel.quarter.length
        let first = Self.roundedUp(period.start.microseconds, length)
        let last = TotalLevel.quarter.number(of: period.end)
        guard first <= last else {
            rests = [period].filter { $0.start < $0.end }
            return
        }
        rests = [
            InstantRange(start: period.start, end: Instant(microseconds: first * length)),
            InstantRange(start: Instant(microseconds: last * length), end: period.end),
        ].compactMap { $0 }.filter { $0.start < $0.end }
        add(.quarter, first, last)
    }

    /// Adds rows of a level, as many as can be by rows of the next one.
    private mutating func add(_ level: TotalLevel, _ from: Int64, _ to: Int64) {
        guard from < to else { return }
        guard let next = TotalLevel(rawValue: level.rawValue + 1) else {
            rows.append(Rows(level: level, from: from, to: to))
            return
        }
        let factor = next.length / level.length
        let first = Self.roundedUp(from, factor)
        let last = Self.roundedDown(to, factor)
        guard first < last else {
            rows.append(Rows(level: level, from: from, to: to))
            return
        }
        if from < first * factor { rows.append(Rows(level: level, from: from, to: first * factor)) }
        add(next, first, last)
        if last * factor < to { rows.append(Rows(level: level, from: last * factor, to: to)) }
    }

    private static func roundedDown(_ value: Int64, _ length: Int64) -> Int64 {
        let (quotient, remainder) = value.quotientAndRemainder(dividingBy: length)
        return remainder < 0 ? quotient - 1 : quotient
    }

    private static func roundedUp(_ value: Int64, _ length: Int64) -> Int64 { -roundedDown(-value, length) }
}
