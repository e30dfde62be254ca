import Time

extension ICalendarLines {
    /// A zone as far as it matters for a span of time: how it stands at the beginning, and every change until the end
    /// (RFC 5545 §3.6.5). Each change is written out, since zones need not follow a yearly rule.
    mutating func add(_ zone: Zone, covering range: ClosedRange<Instant>) {
        add("BEGIN", "VTIMEZONE")
        add("TZID", zone.name)
        let first = Self.transition(of: zone, before: range.lowerBound)
        if let first {
            add(zone, changingAt: first)
        } else {
            let offset = Self.offset(zone.offset(at: range.lowerBound))
            observance(
                zone, at: range.lowerBound, start: "19700101T000000", from: offset, to: offset)
        }
        var at = first ?? range.lowerBound
        while let next = zone.nextTransition(after: at), next <= range.upperBound {
            add(zone, changingAt: next)
            at = next
        }
        add("END", "VTIMEZONE")
    }

    private mutating func add(_ zone: Zone, changingAt instant: Instant) {
        let before = zone.offset(at: instant - .microseconds(1))
        // A change is dated in the time that held until then.
        let local = Zone.utc.localTime(at: instant + .seconds(before))
        observance(
            zone, at: instant, start: Self.basic(local), from: Self.offset(before),
            to: Self.offset(zone.offset(at: instant)))
    }

    private mutating func observance(_ zone: Zone, at instant: Instant, start: String, from: String, to: String) {
        let kind = zone.isDaylight(at: instant) ? "DAYLIGHT" : "STANDARD"
        add("BEGIN", kind)
        add("DTSTART", start)
        add("TZOFFSETFROM", from)
        add("TZOFFSETTO", to)
        add("TZNAME", text: zone.abbreviation(at: instant))
        add("END", kind)
    }

    /// The last change at or before an instant; nil when there was none in the two years before it.
    private static func transition(of zone: Zone, before instant: Instant) -> Instant? {
        var last: Instant?
        var at = instant - .seconds(2 * 366 * 86_400)
        while let next = zone.nextTransition(after: at), next <= instant {
            last = next
            at = next
        }
        return last
    }

    /// `+0530`; with seconds where a zone has them.
    private static func offset(_ seconds: Int) -> String {
        let size = abs(seconds)
        let text = (seconds < 0 ? "-" : "+") + padded(size / 3600, 2) + padded(size / 60 % 60, 2)
        return size % 60 == 0 ? text : text + padded(size % 60, 2)
    }
}
