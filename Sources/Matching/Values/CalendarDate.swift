/// A day as records write it.
public struct CalendarDate: Sendable, Hashable {
    public let year: Int
    public let month: Int
    public let day: Int

    /// In which order a date with its year at the end was written.
    public enum Order: Sendable, Equatable {
        /// `31.12.1999`, `31/12/1999`
        case dayFirst
        /// `12/31/1999`
        case monthFirst
    }

    /// - Returns: nil for a day that the calendar has not, and for years before 1800 or after 2199.
    public init?(year: Int, month: Int, day: Int) {
        guard (1800...2199).contains(year), (1...12).contains(month), (1...31).contains(day) else { return nil }
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let longest = [4, 6, 9, 11].contains(month) ? 30 : month == 2 ? (isLeap ? 29 : 28) : 31
        guard day <= longest else { return nil }
        self.year = year
        self.month = month
        self.day = day
    }

    /// Reads `1999-12-31` with or without a time behind it, `19991231`, `1999/12/31`, and `31.12.1999`, `31/12/1999`,
    /// `12/31/1999` by the order asked for, or the other where only that is a date.
    public init?(_ text: String, order: Order = .dayFirst) {
        guard let (year, first, second, isYearFirst) = Self.parts(text) else { return nil }
        if isYearFirst || order == .monthFirst {
            if let date = CalendarDate(year: year, month: first, day: second) {
                self = date
                return
            }
            guard !isYearFirst else { return nil }
        }
        if let date = CalendarDate(year: year, month: second, day: first) {
            self = date
        } else if let date = CalendarDate(year: year, month: first, day: second) {
            self = date
        } else {
            return nil
        }
    }

    /// The order a text can only have been written in; nil when both are possible, or its year is first.
    public static func order(of text: String) -> Order? {
        guard let (_, first, second, isYearFirst) = parts(text), !isYearFirst else { return nil }
        if first > 12, second <= 12 { return .dayFirst }
        return second > 12 && first <= 12 ? .monthFirst : nil
    }

    /// `YYYYMMDD`, as units to compare.
    var units: [UInt16] {
        let parts = [(year, 1000), (year, 100), (year, 10), (year, 1), (month, 10), (month, 1), (day, 10), (day, 1)]
        return parts.map { UInt16($0 / $1 % 10) + 0x30 }
    }

    /// Year and the two others in the order of the text.
    private static func parts(_ text: String) -> (year: Int, first: Int, second: Int, isYearFirst: Bool)? {
        var numbers: [[UInt8]] = [[]]
        var isInTime = false
        for byte in text.utf8 where !isInTime {
            switch byte {
            case 0x30...0x39:
                numbers[numbers.count - 1].append(byte)
                guard numbers[numbers.count - 1].count <= 8 else { return nil }
            case UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: "."):
                guard numbers.count < 3 else { return nil }
                numbers.append([])
            // `1999-12-31T…`, `1999-12-31 00:00`; dates begin with no space once trimmed.
            case UInt8(ascii: "T"), UInt8(ascii: " "):
                if numbers.count == 3, numbers[2].isEmpty { continue }
                guard numbers.count == 3 else { return nil }
                isInTime = true
            default: return nil
            }
        }
        func value(_ digits: some Collection<UInt8>) -> Int { digits.reduce(0) { $0 * 10 + Int($1 - 0x30) } }
        if numbers.count == 1, numbers[0].count == 8 {
            let digits = numbers[0]
            return (value(digits[0..<4]), value(digits[4..<6]), value(digits[6..<8]), true)
        }
        guard numbers.count == 3 else { return nil }
        let counts = numbers.map(\.count)
        guard (1...2).contains(counts[1]) else { return nil }
        if counts[0] == 4, (1...2).contains(counts[2]) {
            return (value(numbers[0]), value(numbers[1]), value(numbers[2]), true)
        }
        guard (1...2).contains(counts[0]), counts[2] == 4 else { return nil }
        return (value(numbers[2]), value(numbers[0]), value(numbers[1]), false)
    }
}
