import Time

/// A calendar file (RFC 5545, `text/calendar`): what a mail client or phone adds to its calendar.
public struct ICalendar: Sendable {
    /// What the receiver is meant to do with it (RFC 5546).
    public enum Method: String, Sendable, CaseIterable {
        /// Show it: a feed, a download.
        case publish = "PUBLISH"
        /// Answer whether one comes; also says that something has changed.
        case request = "REQUEST"
        /// Strike it out.
        case cancel = "CANCEL"
    }

    /// What made it: `-//Lumen//Portico//EN`.
    public let productID: String
    public let method: Method
    /// The name a subscribed calendar gets (RFC 7986 §5.1).
    public let name: String?
    /// How often a subscriber should ask again, in seconds (RFC 7986 §5.7).
    public let refreshSeconds: Int?
    public let events: [ICalendarEvent]

    public init(
        productID: String, method: Method, name: String? = nil, refreshSeconds: Int? = nil, events: [ICalendarEvent]
    ) {
        self.productID = productID
        self.method = method
        self.name = name
        self.refreshSeconds = refreshSeconds
        self.events = events
    }

    /// The media type, with the method as RFC 6047 asks for in mail.
    public var contentType: String { "text/calendar; charset=utf-8; method=\(method.rawValue)" }

    /// The file.
    public var bytes: [UInt8] {
        var lines = ICalendarLines()
        lines.add("BEGIN", "VCALENDAR")
        lines.add("VERSION", "2.0")
        lines.add("PRODID", text: productID)
        lines.add("CALSCALE", "GREGORIAN")
        lines.add("METHOD", method.rawValue)
        if let name {
            lines.add("NAME", text: name)
            lines.add("X-WR-CALNAME", text: name)
        }
        if let refreshSeconds {
            lines.add("REFRESH-INTERVAL;VALUE=DURATION", "PT\(refreshSeconds)S")
        }
        for (zone, range) in spans { lines.add(zone, covering: range) }
        for event in events { event.write(to: &lines) }
        lines.add("END", "VCALENDAR")
        return lines.bytes
    }

    /// The zones the events are in, each with the time its events take; UTC needs no definition.
    private var spans: [(zone: Zone, range: ClosedRange<Instant>)] {
        var spans: [(zone: Zone, range: ClosedRange<Instant>)] = []
        for event in events where !event.isInUTC {
            let range = event.start...max(event.start, event.end)
            if let index = spans.firstIndex(where: { $0.zone == event.zone }) {
                let known = spans[index].range
                spans[index].range = min(known.lowerBound, range.lowerBound)...max(known.upperBound, range.upperBound)
            } else {
                spans.append((event.zone, range))
            }
        }
        return spans
    }
}
