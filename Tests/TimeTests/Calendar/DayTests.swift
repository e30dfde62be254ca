import Testing
import Time

@Suite struct `A day` {
    @Test func `must exist in the calendar`() {
        #expect(Day(year: 2024, month: 2, day: 29) != nil)
        #expect(Day(year: 2025, month: 2, day: 29) == nil)
        #expect(Day(year: 1900, month: 2, day: 29) == nil)
        #expect(Day(year: 2000, month: 2, day: 29) != nil)
        #expect(Day(year: 2025, month: 4, day: 31) == nil)
        #expect(Day(year: 2025, month: 13, day: 1) == nil)
        #expect(Day(year: 2025, month: 0, day: 1) == nil)
        #expect(Day(year: 2025, month: 1, day: 0) == nil)
        #expect(Day(year: 0, month: 1, day: 1) == nil)
        #expect(Day(year: 10_000, month: 1, day: 1) == nil)
        #expect(Day(year: 1, month: 1, day: 1) == .minimum)
        #expect(Day(year: 9999, month: 12, day: 31) == .maximum)
    }

    /// All 3,652,059 days would take a while in a debug build; these are a year at either end, those around leap
    /// centuries, and each 97th.
    @Test func `keeps count of year, month, day and weekday`() throws {
        var expected = (year: 1, month: 1, day: 1)
        var weekday = Weekday.monday
        var wrong: [Day] = []
        for number in -719_162...2_932_896 {
            let isNearEdge = number < -718_700 || number > 2_932_500 || (-26_000 ..< -25_000).contains(number)
            if isNearEdge || number % 97 == 0 {
                let day = Day(daysSinceEpoch: number)
                if day.fields != expected || day.weekday != weekday
                    || Day(year: expected.year, month: expected.month, day: expected.day) != day
                {
                    wrong.append(day)
                }
            }
            weekday = Weekday(rawValue: weekday.rawValue % 7 + 1) ?? .monday
            expected.day += 1
            if expected.day > 28, expected.day > Day.length(ofMonth: expected.month, year: expected.year) ?? 0 {
                expected = expected.month == 12 ? (expected.year + 1, 1, 1) : (expected.year, expected.month + 1, 1)
            }
        }
        #expect(expected == (10_000, 1, 1))
        #expect(wrong == [])
    }

    @Test func `knows its weekday and its place in the year`() throws {
        #expect(try day("2025-08-28").weekday == .thursday)
        #expect(try day("1970-01-01").weekday == .thursday)
        #expect(try day("1969-12-31").weekday == .wednesday)
        #expect(try day("2024-12-31").dayOfYear == 366)
        #expect(try day("2025-03-01").dayOfYear == 60)
        #expect(try day("2024-02-10").lengthOfMonth == 29)
        #expect(Day.length(ofMonth: 9, year: 2025) == 30)
        #expect(Day.length(ofMonth: 13, year: 2025) == nil)
        #expect(Day.isLeap(year: 2000) && !Day.isLeap(year: 2100))
        #expect(Weekday.allCases.map(\.rawValue) == [1, 2, 3, 4, 5, 6, 7])
        #expect(Weekday.monday < .sunday)
    }

    @Test func `adds days, months and years`() throws {
        #expect(try day("2025-12-31") + 1 == day("2026-01-01"))
        #expect(try day("2024-03-01") - 1 == day("2024-02-29"))
        #expect(try day("2025-03-01") - day("2024-03-01") == 365)
        #expect(try day("2025-01-31").adding(months: 1) == day("2025-02-28"))
        #expect(try day("2025-01-31").adding(months: -2) == day("2024-11-30"))
        #expect(try day("2024-02-29").adding(years: 1) == day("2025-02-28"))
        #expect(try day("2024-02-29").adding(years: -4) == day("2020-02-29"))
        #expect(try day("2025-08-28").startOfMonth == day("2025-08-01"))
        #expect(try day("2025-08-28").next(.thursday) == day("2025-09-04"))
        #expect(try day("2025-08-28").next(.friday) == day("2025-08-29"))
        #expect(try day("2025-08-28").next(.wednesday) == day("2025-09-03"))
    }

    @Test func `stops at the ends of the calendar`() {
        #expect(Day.maximum + 1 == .maximum)
        #expect(Day.minimum - 1 == .minimum)
        #expect(Day.minimum + Int.max == .maximum)
        #expect(Day.maximum - Int.min == .maximum)
        #expect(Day.maximum + Int.min == .minimum)
        #expect(Day.maximum.adding(months: 1) == .maximum)
        #expect(Day.minimum.adding(months: -1) == .minimum)
        #expect(Day.minimum.adding(years: .max) == .maximum)
        #expect(Day.minimum.adding(months: .min) == .minimum)
        #expect(Day(daysSinceEpoch: .max) == .maximum)
    }

    @Test func `reads and writes its text`() throws {
        #expect(try day("2025-08-28").description == "2025-08-28")
        #expect(Day.minimum.description == "0001-01-01")
        for text in ["2025-8-28", "2025-08-28 ", "20250828", "2025-02-30", "2025-08", "", "-025-08-28", "2025-08-28T"] {
            #expect(Day(iso8601: text) == nil)
        }
    }
}

@Suite struct `A range of days` {
    @Test func `goes through its days`() throws {
        let some = try #require(DayRange(from: day("2025-02-27"), through: day("2025-03-01")))
        #expect(some.map(\.description) == ["2025-02-27", "2025-02-28", "2025-03-01"])
        #expect(some.count == 3)
        #expect(some.end == (try day("2025-03-02")))
        #expect(some.contains(try day("2025-03-01")))
        #expect(!some.contains(try day("2025-03-02")))
    }

    @Test func `never runs backwards`() throws {
        #expect(DayRange(start: try day("2025-03-02"), end: try day("2025-03-01")) == nil)
        #expect(DayRange(from: try day("2025-03-02"), through: try day("2025-03-01")) == nil)
        #expect(DayRange(from: .minimum, through: .maximum) == nil)
    }

    @Test func `overlaps another only if they share a day`() throws {
        let some = try #require(DayRange(start: day("2025-03-01"), end: day("2025-03-05")))
        let next = try #require(DayRange(start: day("2025-03-05"), end: day("2025-03-06")))
        let last = try #require(DayRange(start: day("2025-03-04"), end: day("2025-03-06")))
        let none = try #require(DayRange(start: day("2025-03-02"), end: day("2025-03-02")))
        #expect(!some.overlaps(next))
        #expect(some.overlaps(last) && last.overlaps(some))
        #expect(none.isEmpty && !some.overlaps(none) && !none.overlaps(some))
        #expect(Array(none) == [])
    }
}
