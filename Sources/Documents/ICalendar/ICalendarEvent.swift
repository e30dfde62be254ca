public import Time

/// Something that takes place (RFC 5545 §3.6.1).
public struct ICalendarEvent: Sendable {
    public enum Status: String, Sendable, CaseIterable {
        case tentative = "TENTATIVE"
        case confirmed = "CONFIRMED"
        case cancelled = "CANCELLED"
    }

    /// Somebody who comes or invites.
    public struct Party: Sendable, Equatable {
        public let name: String
        public let email: String

        public init(name: String, email: String) {
            self.name = name
            self.email = email
        }
    }

    /// The same in every version of the event, and different from every other in the world.
    public var uid: String
    /// Grows with each change that matters to those who come.
    public var sequence: Int
    /// When this version was made.
    public var stamp: Instant
    public var start: Instant
    /// The first moment after it.
    public var end: Instant
    /// The zone in which people read its times.
    public var zone: Zone
    public var status: Status
    public var summary: String
    public var details: String?
    public var location: String?
    public var url: String?
    public var organizer: Party?
    public var attendees: [Party] = []
    /// Minutes before the start at which to remind.
    public var alarms: [Int] = []

    public init(
        uid: String, sequence: Int, stamp: Instant, start: Instant, end: Instant, zone: Zone, status: Status,
        summary: String
    ) {
        self.uid = uid
        self.sequence = sequence
        self.stamp = stamp
        self.start = start
        self.end = end
        self.zone = zone
        self.status = status
        self.summary = summary
    }

    var isInUTC: Bool { zone == .utc }

    func write(to lines: inout ICalendarLines) {
        lines.add("BEGIN", "VEVENT")
        lines.add("UID", text: uid)
        lines.add("SEQUENCE", String(sequence))
        lines.add("DTSTAMP", utc: stamp)
        lines.add("DTSTART", start, in: zone)
        lines.add("DTEND", end, in: zone)
        lines.add("STATUS", status.rawValue)
        // A cancelled event no longer takes anybody's time.
        lines.add("TRANSP", status == .cancelled ? "TRANSPARENT" : "OPAQUE")
        lines.add("SUMMARY", text: summary)
        if let details { lines.add("DESCRIPTION", text: details) }
        if let location { lines.add("LOCATION", text: location) }
        if let url { lines.add("URL", uri: url) }
        if let organizer {
            lines.add("ORGANIZER;CN=\(ICalendarLines.parameter(organizer.name))", uri: "mailto:\(organizer.email)")
        }
        for party in attendees {
            lines.add(
                "ATTENDEE;CN=\(ICalendarLines.parameter(party.name));ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED",
                uri: "mailto:\(party.email)")
        }
        for minutes in alarms where status != .cancelled {
            lines.add("BEGIN", "VALARM")
            lines.add("ACTION", "DISPLAY")
            lines.add("DESCRIPTION", text: summary)
            lines.add("TRIGGER", "-PT\(max(minutes, 0))M")
            lines.add("END", "VALARM")
        }
        lines.add("END", "VEVENT")
    }
}
