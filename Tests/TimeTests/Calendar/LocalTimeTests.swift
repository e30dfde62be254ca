import Testing
import Time

@Suite struct `A time of day` {
    @Test func `must be on the clock`() {
        #expect(TimeOfDay(hour: 23, minute: 59, second: 59, microsecond: 999_999) != nil)
        #expect(TimeOfDay(hour: 24, minute: 0) == nil)
        #expect(TimeOfDay(hour: 12, minute: 60) == nil)
        #expect(TimeOfDay(hour: 12, minute: 0, second: 60) == nil)
        #expect(TimeOfDay(hour: -1, minute: 0) == nil)
        #expect(TimeOfDay(hour: 1, minute: 0, second: 0, microsecond: 1_000_000) == nil)
        #expect(TimeOfDay(hour: 0, minute: 0) == .midnight)
        #expect(TimeOfDay(hour: 12, minute: 0) == .noon)
    }

    @Test func `gives its fields back`() throws {
        let some = try #require(TimeOfDay(hour: 7, minute: 8, second: 9, microsecond: 10))
        #expect((some.hour, some.minute, some.second, some.microsecond) == (7, 8, 9, 10))
        #expect(some.secondsSinceMidnight == 25_689)
        #expect(some.microsecondsSinceMidnight == 25_689_000_010)
        #expect(some < .noon)
    }

    @Test(arguments: [
        ("09:05", "09:05"), ("09:05:00", "09:05"), ("23:59:59", "23:59:59"), ("00:00:00.5", "00:00:00.500"),
        ("00:00:00.000001", "00:00:00.000001"), ("00:00:00.0000019", "00:00:00.000001"), ("10:00:00.000", "10:00"),
    ])
    func `reads and writes its text`(text: String, written: String) {
        #expect(TimeOfDay(iso8601: text)?.description == written)
    }

    @Test(arguments: [
        "", "9:05", "09:5", "0905", "24:00", "09:60", "09:05:60", "09:05:", "09:05:1", "09:05Z", "09:05.5",
    ])
    func `refuses other text`(text: String) {
        #expect(TimeOfDay(iso8601: text) == nil)
    }
}

@Suite struct `A local time` {
    @Test(arguments: [
        ("2025-08-28T10:30", "2025-08-28T10:30:00"), ("2025-08-28T10:30:15", "2025-08-28T10:30:15"),
        ("2025-08-28T10:30:15.25", "2025-08-28T10:30:15.250"),
    ])
    func `reads and writes its text`(text: String, written: String) {
        #expect(LocalTime(iso8601: text)?.description == written)
    }

    @Test(arguments: [
        "", "2025-08-28", "2025-08-28T10:30Z", "2025-08-28T10:30+02:00", "2025-08-28 10:30", "2025-02-29T10:30",
        "2025-08-28T10", "2025-08-28t10:30",
    ])
    func `refuses other text, and every offset`(text: String) {
        #expect(LocalTime(iso8601: text) == nil)
    }

    @Test func `is ordered by day, then time`() throws {
        #expect(try local("2025-08-28T23:00") < local("2025-08-29T01:00"))
        #expect(try local("2025-08-28T01:00") < local("2025-08-28T01:00:00.000001"))
    }
}
