import FoundationEssentials
import PluginAPI
import Testing

@Suite struct `Quiet hours` {
    /// `PORTICO_FULL=1` looks at every zone and year at many more moments.
    static let isFull = ProcessInfo.processInfo.environment["PORTICO_FULL"] == "1"

    private static func time(_ hour: Int, _ minute: Int = 0) throws -> TimeOfDay {
        try #require(TimeOfDay(hour: hour, minute: minute))
    }

    private static func instant(_ text: String) throws -> Instant { try #require(Instant(rfc3339: text)) }

    @Test(arguments: [
        ("22:00", "08:00", "23:30", true), ("22:00", "08:00", "07:59", true), ("22:00", "08:00", "08:00", false),
        ("22:00", "08:00", "22:00", true), ("22:00", "08:00", "12:00", false), ("12:00", "13:00", "12:30", true),
        ("12:00", "13:00", "13:00", false), ("09:00", "09:00", "09:00", false), ("09:00", "09:00", "21:00", false),
    ]) func `wrap midnight, end before their end, and are none where both ends are one`(
        _ start: String, _ end: String, _ time: String, _ isInside: Bool
    ) throws {
        let hours = QuietHours(
            start: try #require(TimeOfDay(iso8601: start)), end: try #require(TimeOfDay(iso8601: end)))
        #expect(hours.contains(try #require(TimeOfDay(iso8601: time))) == isInside)
    }

    @Test func `end when the clock is put forward over their end`() throws {
        let hours = QuietHours(start: try Self.time(22), end: try Self.time(2, 30))
        let berlin = try Zone(named: "Europe/Berlin")
        // 02:00 becomes 03:00 at 01:00Z.
        #expect(
            hours.end(from: try Self.instant("2027-03-27T23:00:00Z"), home: berlin)
                == (try Self.instant("2027-03-28T01:00:00Z")))
    }

    @Test func `hold again where the clock is put back into them`() throws {
        let hours = QuietHours(start: try Self.time(22), end: try Self.time(2, 30))
        let berlin = try Zone(named: "Europe/Berlin")
        // 03:00 becomes 02:00 at 01:00Z: 02:30 comes at 00:30Z and again at 01:30Z.
        #expect(
            hours.end(from: try Self.instant("2027-10-30T22:00:00Z"), home: berlin)
                == (try Self.instant("2027-10-31T00:30:00Z")))
        #expect(
            hours.end(from: try Self.instant("2027-10-31T01:10:00Z"), home: berlin)
                == (try Self.instant("2027-10-31T01:30:00Z")))
    }

    @Test func `by a clock of their own are kept wherever the person is`() throws {
        let hours = QuietHours(
            start: try Self.time(22), end: try Self.time(8), zone: try Zone(named: "America/New_York"))
        let noonInBerlin = try Self.instant("2027-01-10T11:00:00Z")
        #expect(
            hours.end(from: noonInBerlin, home: try Zone(named: "Europe/Berlin"))
                == (try Self.instant("2027-01-10T13:00:00Z")))
    }

    @Test func `that are off are none`() throws {
        let hours = QuietHours(isOn: false, start: try Self.time(0), end: try Self.time(23, 59))
        let now = try Self.instant("2027-01-10T11:00:00Z")
        #expect(hours.end(from: now, home: .utc) == now)
    }

    @Test func `of several wishes hold together, and never end where they fill the day`() throws {
        let now = try Self.instant("2027-01-10T21:00:00Z")
        let night = QuietHours(start: try Self.time(20), end: try Self.time(8))
        let morning = QuietHours(start: try Self.time(7), end: try Self.time(10))
        #expect([night, morning].end(from: now, home: .utc) == (try Self.instant("2027-01-11T10:00:00Z")))
        let day = QuietHours(start: try Self.time(8), end: try Self.time(20))
        #expect([night, day].end(from: now, home: .utc) == nil)
        #expect([QuietHours]().end(from: now, home: .utc) == now)
    }

    @Test func `of all zones and years end where a search minute by minute says`() throws {
        var generator = SeededGenerator(seed: 20_201_128)
        let zones = ZoneDatabase.system.names
        #expect(zones.count > 300)
        let rounds = Self.isFull ? 400 : 2
        for name in zones {
            let zone = try Zone(named: name)
            for round in 0..<rounds {
                let start = MinuteOracle.moment(in: zone, atChange: round % 2 == 0, &generator)
                let hours = QuietHours(start: MinuteOracle.time(&generator), end: MinuteOracle.time(&generator))
                let found = hours.end(from: start, home: zone)
                let expected = MinuteOracle.first(from: start) {
                    !MinuteOracle.isQuiet(MinuteOracle.minuteOfDay(at: $0, zone), hours)
                }
                #expect(found == expected, "\(name) \(start) \(hours.start)–\(hours.end)")
            }
        }
    }
}
