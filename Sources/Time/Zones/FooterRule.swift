/// The footer of a TZif file: a POSIX TZ string with the extensions of RFC 9636 §3.3.1, ready to be computed with.
struct FooterRule: Hashable, Sendable {
    /// Daylight saving time from one date of each year to another.
    struct Daylight: Hashable, Sendable {
        /// The index into the zone's types.
        var type: Int
        var offset: Int64
        /// In standard local time.
        var start: YearlyTime
        /// In daylight local time.
        var end: YearlyTime
        /// Whether both always fall, in standard time, into the year they are reckoned from; true of every zone in use.
        var staysInYear: Bool

        init(type: Int, offset: Int64, start: YearlyTime, end: YearlyTime) {
            self.type = type
            self.offset = offset
            self.start = start
            self.end = end
            staysInYear = start.staysInYear && end.staysInYear
        }
    }

    /// The index into the zone's types of standard time.
    var standard: Int
    var standardOffset: Int64
    var daylight: Daylight?

    /// The index into the zone's types of what holds at `seconds`.
    func type(at seconds: Int64) -> Int {
        guard let daylight else { return standard }
        guard daylight.staysInYear else { return anyPeriod(at: seconds, daylight).type }
        let (start, end) = changes(inYear: year(of: seconds), daylight)
        let isDaylight = start < end ? start <= seconds && seconds < end : !(end <= seconds && seconds < start)
        return isDaylight ? daylight.type : standard
    }

    /// The period around `seconds`, as if the footer had always held.
    func period(at seconds: Int64) -> ZoneRules.Period {
        guard let daylight else {
            return ZoneRules.Period(start: .min, end: .max, type: standard, isFromFooter: true)
        }
        return daylight.staysInYear ? usualPeriod(at: seconds, daylight) : anyPeriod(at: seconds, daylight)
    }

    /// As `period(at:)`, where each calendar year has one start and one end.
    private func usualPeriod(at seconds: Int64, _ daylight: Daylight) -> ZoneRules.Period {
        let year = year(of: seconds)
        let (start, end) = changes(inYear: year, daylight)
        let isNorthern = start < end
        let (first, second) = isNorthern ? (start, end) : (end, start)
        // Between the two changes of a year one type holds, before the first and after the second the other.
        let (inside, outside) = isNorthern ? (daylight.type, standard) : (standard, daylight.type)
        if seconds < first {
            let last = changes(inYear: year - 1, daylight)
            return ZoneRules.Period(
                start: isNorthern ? last.end : last.start, end: first, type: outside, isFromFooter: true)
        }
        if seconds < second { return ZoneRules.Period(start: first, end: second, type: inside, isFromFooter: true) }
        let next = changes(inYear: year + 1, daylight)
        return ZoneRules.Period(
            start: second, end: isNorthern ? next.start : next.end, type: outside, isFromFooter: true)
    }

    /// As `period(at:)`, where hours of −167...167 may move a change into a neighbouring year, so that two years on
    /// either side count. A start and an end at the same instant (daylight saving all year) count as in daylight
    /// saving.
    private func anyPeriod(at seconds: Int64, _ daylight: Daylight) -> ZoneRules.Period {
        let year = year(of: seconds)
        var lastStart = Int64.min
        var lastEnd = Int64.min
        var nextChange = Int64.max
        for candidate in (year - 2)...(year + 2) {
            let (start, end) = changes(inYear: candidate, daylight)
            if start <= seconds { lastStart = max(lastStart, start) } else { nextChange = min(nextChange, start) }
            if end <= seconds { lastEnd = max(lastEnd, end) } else { nextChange = min(nextChange, end) }
        }
        return ZoneRules.Period(
            start: max(lastStart, lastEnd), end: nextChange,
            type: lastStart >= lastEnd ? daylight.type : standard, isFromFooter: true)
    }

    /// The year that standard time shows at `seconds`.
    private func year(of seconds: Int64) -> Int {
        Civil.fields(ofDay: Int(Civil.floorDivide(seconds + standardOffset, Civil.secondsPerDay))).year
    }

    /// When daylight saving time of a year starts and ends, in seconds since 1970-01-01T00:00:00Z.
    private func changes(inYear year: Int, _ daylight: Daylight) -> (start: Int64, end: Int64) {
        (
            daylight.start.seconds(inYear: year) - standardOffset,
            daylight.end.seconds(inYear: year) - daylight.offset
        )
    }
}
