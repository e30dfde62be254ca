import Documents
import Foundation
import Testing
import Time

@Suite struct `A calendar file` {
    @Test func `says to another program what was put into it`() throws {
        let zone = try Zone(named: "America/New_York")
        var event = Self.event(
            "2026-03-08T06:30:00Z", "2026-03-08T07:30:00Z", zone, summary: "Eye test; long, \\ and \"quoted\"")
        event.details =
            "Line one\r\nLine two\n\u{1F468}\u{200D}\u{2695}\u{FE0F} " + String(repeating: "wörd ", count: 40)
        event.location = "12 Main St, Springfield"
        event.url = "https://lumen.example/portal/appointments/apt 1?x=\"ü\""
        event.organizer = .init(name: "Lumen \"Eye\" Care: Nord", email: "desk@lumen.example")
        event.attendees = [.init(name: "Ada, L.", email: "ada@example.com")]
        event.alarms = [60, 1440]
        let calendar = ICalendar(
            productID: "-//Lumen//Portico//EN", method: .request, name: "Visits, all", refreshSeconds: 3600,
            events: [event])
        let read = try Self.read(calendar)
        #expect(read.method == "REQUEST" && read.name == "Visits, all")
        let found = try #require(read.events.first)
        #expect(found.uid == event.uid && found.sequence == 3 && found.stamp == "2026-01-02T03:04:05Z")
        #expect(found.start == "2026-03-08T06:30:00Z" && found.end == "2026-03-08T07:30:00Z")
        #expect(found.status == "CONFIRMED" && found.summary == event.summary)
        #expect(found.details == event.details?.replacingOccurrences(of: "\r\n", with: "\n"))
        #expect(found.location == event.location)
        #expect(found.url == "https://lumen.example/portal/appointments/apt%201?x=%22%C3%BC%22")
        #expect(found.organizer.map(\.email) == ["mailto:desk@lumen.example"])
        #expect(found.attendees == [.init(email: "mailto:ada@example.com", name: "Ada, L.")])
        #expect(found.alarms == [-3600, -86_400])
    }

    /// Visits around every change of offset of some years, read with nothing but the file's own zones.
    @Test(arguments: [
        "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "Africa/Casablanca", "UTC",
    ])
    func `keeps its moments across changes of offset`(name: String) throws {
        let zone = try Zone(named: name)
        var events: [ICalendarEvent] = []
        var expected: [String] = []
        for year in [2024, 2026, 2030] {
            guard let start = Instant(rfc3339: "\(year)-01-01T00:00:00Z") else { continue }
            var moments = [start]
            var at = start
            while let next = zone.nextTransition(after: at), next < start + .seconds(366 * 86_400) {
                moments += [next - .seconds(7200), next, next + .seconds(7200)]
                at = next
            }
            for moment in moments {
                let text = moment.description.prefix(19) + "Z"
                expected.append(String(text))
                events.append(Self.event(String(text), (moment + .seconds(900)).description, zone, summary: "Visit"))
            }
        }
        let calendar = ICalendar(productID: "-//T//T//EN", method: .publish, events: events)
        let read = try Self.read(calendar)
        #expect(read.events.map(\.start) == expected)
    }

    @Test func `lets a cancelled event free the time and ring no more`() throws {
        var event = Self.event("2026-06-01T08:00:00Z", "2026-06-01T08:30:00Z", .utc, summary: "Visit")
        event.status = .cancelled
        event.alarms = [30]
        let text = String(decoding: ICalendar(productID: "x", method: .cancel, events: [event]).bytes, as: UTF8.self)
        #expect(
            text.contains("\r\nMETHOD:CANCEL\r\n") && text.contains("\r\nSTATUS:CANCELLED\r\nTRANSP:TRANSPARENT\r\n"))
        #expect(!text.contains("VALARM") && !text.contains("VTIMEZONE"))
    }

    private static func event(_ start: String, _ end: String, _ zone: Zone, summary: String) -> ICalendarEvent {
        let instants = [start, end, "2026-01-02T03:04:05Z"].compactMap { Instant(rfc3339: $0) }
        return ICalendarEvent(
            uid: "apt_\(start)@lumen.example", sequence: 3, stamp: instants[2], start: instants[0], end: instants[1],
            zone: zone, status: .confirmed, summary: summary)
    }

    private struct Calendar: Decodable {
        struct Party: Decodable, Equatable { var email, name: String }
        struct Event: Decodable {
            var uid, stamp, start, end, status, summary, details, location, url: String
            var sequence: Int
            var organizer, attendees: [Party]
            var alarms: [Int]
        }
        var method, name: String
        var events: [Event]
    }

    /// What the icalendar package makes of the file.
    private static func read(_ calendar: ICalendar) throws -> Calendar {
        let command = [".ci/python", "icalendar==6.1.0", "--", Oracle.script("icalendar_oracle.py")]
        return try JSONDecoder().decode(Calendar.self, from: Oracle.run(command, calendar.bytes))
    }
}
