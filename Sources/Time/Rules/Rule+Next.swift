extension Rule {
    /// The first instant after `instant` at which it is due: always later than `instant`.
    /// Only where the calendar ends (year 9999) is it `Instant.maximum`, again and again.
    public func next(after instant: Instant) -> Instant {
        switch form {
        case .interval(let seconds, let origin, let isStart):
            return Self.next(after: instant, every: seconds * 1_000_000, origin: origin, isStart: isStart)
        case .daily: return next(after: instant) { $0 + 1 }
        case .weekly(let days): return next(after: instant) { Self.day(after: $0, on: days) }
        case .monthly(let day): return next(after: instant) { Self.day(after: $0, onDayOfMonth: day) }
        }
    }

    private static func next(after instant: Instant, every step: Int64, origin: Instant, isStart: Bool) -> Instant {
        if isStart, instant < origin { return origin }
        // Instants differ by less than 3.2e17 and a step is at most 1e16, so nothing overflows.
        let elapsed = instant.microseconds - origin.microseconds
        return Instant(microseconds: origin.microseconds + (Civil.floorDivide(elapsed, step) + 1) * step)
    }

    /// Goes through the days of the rule, beginning before the local day of `instant`: where clocks were put back over
    /// midnight, or a day was skipped, the instant of an earlier day can still be ahead.
    private func next(after instant: Instant, following: (Day) -> Day) -> Instant {
        var day = following(zone.day(at: instant) - 3)
        while true {
            let due = zone.firstInstant(notBefore: LocalTime(day, time))
            if due > instant { return due }
            let next = following(day)
            guard next > day else { return .maximum }
            day = next
        }
    }

    /// The next day whose weekday is in the mask; `day` itself where the calendar ends before.
    private static func day(after day: Day, on days: UInt8) -> Day {
        var next = day + 1
        while days & 1 << UInt8(next.weekday.rawValue) == 0 {
            guard next < .maximum else { return day }
            next = next + 1
        }
        return next
    }

    /// The next day that is day `wanted` of its month, or the last of a shorter one; `day` itself where the calendar
    /// ends before.
    private static func day(after day: Day, onDayOfMonth wanted: Int) -> Day {
        let thisMonth = day.startOfMonth + (min(wanted, day.lengthOfMonth) - 1)
        if thisMonth > day { return thisMonth }
        let first = day.startOfMonth.adding(months: 1)
        guard first < .maximum else { return day }
        return first + (min(wanted, first.lengthOfMonth) - 1)
    }
}
