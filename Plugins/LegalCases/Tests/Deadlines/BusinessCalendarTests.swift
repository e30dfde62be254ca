import PluginAPI
import Testing

@testable import LegalCases

@Suite struct `Working days` {
    /// Independence Day 2025 is a Friday.
    private let calendar = BusinessCalendar(
        weekend: [.saturday, .sunday],
        holidays: [Day(iso8601: "2025-07-04"), Day(iso8601: "2025-12-25")].compactMap { $0 })

    private static func day(_ text: String) throws -> Day { try #require(Day(iso8601: text)) }

    @Test(arguments: [
        // 30 days from 4 June end on a holiday before a weekend: Monday.
        ("2025-06-04", 30, DayCounting.calendar, "2025-07-07"), ("2025-06-02", 21, .calendar, "2025-06-23"),
        ("2025-06-01", 14, .calendar, "2025-06-16"), ("2025-07-03", 1, .business, "2025-07-07"),
        ("2025-07-03", 10, .business, "2025-07-18"), ("2025-07-07", -1, .business, "2025-07-03"),
        // Counted back, the end is before the day and not behind it.
        ("2025-07-18", -14, .calendar, "2025-07-03"), ("2025-07-05", 0, .calendar, "2025-07-07"),
        ("2025-07-05", 0, .business, "2025-07-07"), ("2024-02-28", 1, .calendar, "2024-02-29"),
    ])
    func `end a period`(event: String, days: Int, counting: DayCounting, end: String) throws {
        #expect(calendar.end(of: days, from: try Self.day(event), counting: counting).description == end)
    }

    @Test func `are those that are left, for every length`() throws {
        let event = try Self.day("2025-06-20")
        for days in 1...60 {
            let end = calendar.end(of: days, from: event, counting: .business)
            #expect(calendar.isWorking(end))
            let passed = (1...(end - event)).filter { calendar.isWorking(event + $0) }.count
            #expect(passed == days)
            let plain = calendar.end(of: days, from: event, counting: .calendar)
            #expect(calendar.isWorking(plain) && plain >= event + days)
            #expect((0..<(plain - (event + days))).allSatisfy { !calendar.isWorking(event + days + $0) })
        }
    }

    @Test func `never end in a circle`() throws {
        let never = BusinessCalendar(weekend: Weekday.allCases, holidays: [])
        #expect(never.end(of: 3, from: try Self.day("2025-06-01"), counting: .business).description == "2025-06-04")
    }
}
