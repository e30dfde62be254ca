import PluginAPI
import Testing

@testable import Appointments

/// A clinic that is open at the same hours every day.
func search(
    _ zone: String, opens: Int, closes: Int, grid: Int = 30, length: Int = 30, before: Int = 0, after: Int = 0,
    taken: [InstantRange] = [], holidays: Set<Day> = [], rooms: [[InstantRange]]? = nil
) throws -> SlotSearch {
    SlotSearch(
        zone: try Zone(named: zone), opening: everyDay(opens, closes), holidays: holidays,
        grid: .seconds(grid * 60), length: .seconds(length * 60), before: .seconds(before * 60),
        after: .seconds(after * 60),
        practitioners: [SlotSearch.Resource(id: "prc_a", hours: everyDay(0, 1440), taken: taken)],
        rooms: rooms.map { rooms in
            rooms.enumerated().map { SlotSearch.Resource(id: "rom_\($0)", hours: nil, taken: $1) }
        })
}

func everyDay(_ opens: Int, _ closes: Int) -> WeeklyHours {
    WeeklyHours(Weekday.allCases.map { WeeklyHours.Span(weekday: $0, opens: opens, closes: closes) })
}

func range(_ start: String, _ end: String) throws -> InstantRange {
    let start = try #require(Instant(rfc3339: start)), end = try #require(Instant(rfc3339: end))
    return try #require(InstantRange(start: start, end: end))
}

extension SlotSearch {
    /// The starts of one day, as the zone's clock shows them.
    func clock(on day: String) throws -> [String] {
        let day = try #require(Day(iso8601: day))
        var starts: [String] = []
        forEach(in: zone.range(of: day)) { start, _ in
            starts.append("\(zone.localTime(at: start).time) \(zone.abbreviation(at: start))")
        }
        return starts
    }
}

@Suite struct `Slots when clocks change` {
    @Test func `leave out the hour that New York skips`() throws {
        let search = try search("America/New_York", opens: 60, closes: 240)
        #expect(
            try search.clock(on: "2027-03-14") == ["01:00 EST", "01:30 EST", "03:00 EDT", "03:30 EDT"])
    }

    @Test func `give the hour that New York repeats twice`() throws {
        let search = try search("America/New_York", opens: 60, closes: 150)
        #expect(
            try search.clock(on: "2027-11-07") == ["01:00 EDT", "01:30 EDT", "01:00 EST", "01:30 EST", "02:00 EST"])
    }

    @Test func `leave out the hour that Berlin skips, and the opening within it`() throws {
        let search = try search("Europe/Berlin", opens: 150, closes: 270)
        #expect(try search.clock(on: "2027-03-28") == ["03:00 CEST", "03:30 CEST", "04:00 CEST"])
    }

    @Test func `open both times that a clock shows the hours within a repeated one`() throws {
        let search = try search("Europe/Berlin", opens: 135, closes: 165)
        #expect(try search.clock(on: "2027-10-31") == ["02:15 CEST", "02:15 CET"])
    }

    @Test func `run through the half hour that Lord Howe repeats`() throws {
        let search = try search("Australia/Lord_Howe", opens: 60, closes: 150)
        #expect(
            try search.clock(on: "2027-04-04") == ["01:00 +11", "01:30 +11", "01:30 +1030", "02:00 +1030"])
    }

    @Test func `leave out the half hour that Lord Howe skips`() throws {
        let search = try search("Australia/Lord_Howe", opens: 90, closes: 210)
        #expect(try search.clock(on: "2027-10-03") == ["01:30 +1030", "02:30 +11", "03:00 +11"])
    }

    @Test func `last as long in real time as the service does`() throws {
        // Two hours of work fit between 00:30 and 03:30 only where no hour is missing.
        let search = try search("America/New_York", opens: 30, closes: 210, length: 150)
        #expect(try search.clock(on: "2027-03-14") == [])
        #expect(try search.clock(on: "2027-03-15") == ["00:30 EDT", "01:00 EDT"])
    }
}

@Suite struct `Slots` {
    @Test func `fill the opening hours and end with them`() throws {
        let search = try search("Europe/Berlin", opens: 540, closes: 660, length: 45)
        #expect(try search.clock(on: "2027-06-01") == ["09:00 CEST", "09:30 CEST", "10:00 CEST"])
    }

    @Test func `keep clear of what is taken, with their own buffers`() throws {
        let taken = try range("2027-06-01T08:30:00Z", "2027-06-01T09:00:00Z")
        let search = try search(
            "Europe/Berlin", opens: 540, closes: 780, before: 10, after: 20, taken: [taken])
        // Taken from 10:30 to 11:00: a visit at 10:00 would be followed by 20 minutes, one at 11:00 preceded by 10.
        #expect(
            try search.clock(on: "2027-06-01") == [
                "09:00 CEST", "09:30 CEST", "11:30 CEST", "12:00 CEST", "12:30 CEST",
            ])
    }

    @Test func `may touch what is taken`() throws {
        let taken = try range("2027-06-01T07:30:00Z", "2027-06-01T08:00:00Z")
        let search = try search("Europe/Berlin", opens: 540, closes: 630, taken: [taken])
        #expect(try search.clock(on: "2027-06-01") == ["09:00 CEST", "10:00 CEST"])
    }

    @Test func `are none on holidays`() throws {
        let holiday = try #require(Day(iso8601: "2027-12-25"))
        let search = try search("Europe/Berlin", opens: 540, closes: 600, holidays: [holiday])
        #expect(try search.clock(on: "2027-12-25") == [])
        #expect(try search.clock(on: "2027-12-26").count == 2)
    }

    @Test func `need a free room where one is needed`() throws {
        let first = try range("2027-06-01T07:00:00Z", "2027-06-01T08:00:00Z")
        let second = try range("2027-06-01T07:30:00Z", "2027-06-01T08:30:00Z")
        let both = try search("Europe/Berlin", opens: 540, closes: 660, rooms: [[first], [second]])
        #expect(try both.clock(on: "2027-06-01") == ["09:00 CEST", "10:00 CEST", "10:30 CEST"])
        #expect(both.room(freeAt: first.start) == "rom_1")
        #expect(both.room(freeAt: second.end) == "rom_0")
        let none = try search("Europe/Berlin", opens: 540, closes: 660, rooms: [])
        #expect(try none.clock(on: "2027-06-01") == [])
    }

    @Test func `may run over midnight where the branch stays open`() throws {
        let search = try search("Europe/Berlin", opens: 0, closes: 1440, grid: 720, length: 720)
        let starts = try search.clock(on: "2027-06-01")
        #expect(starts == ["00:00 CEST", "12:00 CEST"])
        let shifted = try self.shifted()
        #expect(try shifted.clock(on: "2027-06-01") == ["18:00 CEST"])
    }

    private func shifted() throws -> SlotSearch {
        let hours = WeeklyHours(
            Weekday.allCases.flatMap {
                [
                    WeeklyHours.Span(weekday: $0, opens: 0, closes: 120),
                    WeeklyHours.Span(weekday: $0, opens: 1080, closes: 1440),
                ]
            })
        return SlotSearch(
            zone: try Zone(named: "Europe/Berlin"), opening: hours, holidays: [], grid: .seconds(7200),
            length: .seconds(8 * 3600), before: .zero, after: .zero,
            practitioners: [SlotSearch.Resource(id: "prc_a", hours: hours, taken: [])], rooms: nil)
    }

    @Test func `come in order of start, then of the practitioners`() throws {
        let one = try search("Europe/Berlin", opens: 540, closes: 600)
        let two = SlotSearch(
            zone: one.zone, opening: one.opening, holidays: [], grid: one.grid, length: one.length, before: .zero,
            after: .zero, practitioners: [one.practitioners[0], one.practitioners[0]], rooms: nil)
        var order: [Int] = []
        two.forEach(in: try range("2027-06-01T00:00:00Z", "2027-06-01T12:00:00Z")) { order.append($1) }
        #expect(order == [0, 1, 0, 1])
    }

    @Test func `start within the time asked for`() throws {
        let search = try search("Europe/Berlin", opens: 540, closes: 720)
        var starts: [String] = []
        search.forEach(in: try range("2027-06-01T07:10:00Z", "2027-06-01T08:30:00Z")) { start, _ in
            starts.append(start.description)
        }
        #expect(starts == ["2027-06-01T07:30:00Z", "2027-06-01T08:00:00Z"])
    }
}
