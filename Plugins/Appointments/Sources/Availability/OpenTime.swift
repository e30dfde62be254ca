internal import PluginAPI

/// Turns hours on a wall clock into instants, over some days of one zone.
///
/// An instant is within hours when the zone's clock shows a time within them at that instant. So an hour that clocks
/// jump over is never open, and one that they show twice is open both times.
struct OpenTime {
    /// A time in which the zone's offset does not change.
    private struct Steady {
        let range: InstantRange
        /// Microseconds ahead of UTC.
        let offset: Int64
    }

    private let steady: [Steady]
    /// The days asked for, first to last.
    let days: DayRange

    init(zone: Zone, days: DayRange) {
        self.days = days
        // Offsets stay within ±26 hours, so these bounds hold every instant at which the zone shows one of the days.
        var start = Instant(seconds: Int64(days.start.daysSinceEpoch) * 86_400) - .seconds(93_600)
        let end = Instant(seconds: Int64(days.end.daysSinceEpoch) * 86_400) + .seconds(93_600)
        var steady: [Steady] = []
        while start < end {
            let next = min(zone.nextTransition(after: start) ?? end, end)
            guard let range = InstantRange(start: start, end: next), !range.isEmpty else { break }
            steady.append(Steady(range: range, offset: Int64(zone.offset(at: start)) * 1_000_000))
            start = next
        }
        self.steady = steady
    }

    /// When a week's hours are open on one day, in order, touching ranges joined.
    func ranges(of hours: WeeklyHours, on day: Day) -> [InstantRange] {
        var ranges: [InstantRange] = []
        let midnight = Int64(day.daysSinceEpoch) * 86_400_000_000
        for span in hours.on(day) {
            let (opens, closes) = (
                midnight + Int64(span.opens) * 60_000_000, midnight + Int64(span.closes) * 60_000_000
            )
            for part in steady {
                let shown = InstantRange(
                    start: Instant(microseconds: opens - part.offset), end: Instant(microseconds: closes - part.offset))
                if let open = shown?.intersection(part.range) { ranges.append(open) }
            }
        }
        return ranges.joined()
    }

    /// When a week's hours are open on all the days but those closed, in order, touching ranges joined.
    func ranges(of hours: WeeklyHours, closed: Set<Day> = []) -> [InstantRange] {
        days.flatMap { closed.contains($0) ? [] : ranges(of: hours, on: $0) }.joined()
    }
}

extension [InstantRange] {
    /// The same time as ranges in order that neither touch nor overlap.
    func joined() -> [InstantRange] {
        var out: [InstantRange] = []
        for range in sorted(by: { $0.start < $1.start }) where !range.isEmpty {
            if let last = out.last, range.start <= last.end {
                out[out.count - 1] = InstantRange(start: last.start, end: Swift.max(last.end, range.end)) ?? last
            } else {
                out.append(range)
            }
        }
        return out
    }

    /// The time of a joined list that is in none of another one.
    func subtracting(_ others: [InstantRange]) -> [InstantRange] {
        var out: [InstantRange] = []
        var position = 0
        for range in self {
            var start = range.start
            while position < others.count, others[position].end <= start { position += 1 }
            var next = position
            while next < others.count, others[next].start < range.end {
                if let free = InstantRange(start: start, end: others[next].start), !free.isEmpty { out.append(free) }
                start = Swift.max(start, others[next].end)
                next += 1
            }
            if let free = InstantRange(start: start, end: range.end), !free.isEmpty { out.append(free) }
        }
        return out
    }

    /// How long it is in all.
    var length: Duration { reduce(.zero) { $0 + $1.duration } }

    /// The time in both of two joined lists, joined.
    func intersection(_ others: [InstantRange]) -> [InstantRange] {
        var out: [InstantRange] = []
        var (mine, theirs) = (0, 0)
        while mine < count, theirs < others.count {
            if let both = self[mine].intersection(others[theirs]) { out.append(both) }
            if self[mine].end < others[theirs].end { mine += 1 } else { theirs += 1 }
        }
        return out
    }
}
