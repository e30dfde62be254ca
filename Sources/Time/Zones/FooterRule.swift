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
    }

    /// The index into the zone's types of standard time.
    var standard: Int
    var standardOffset: Int64
    var daylight: Daylight?

    /// The index into the zone's types of what holds at `seconds`.
    func type(at seconds: Int64) -> Int {
        daylight == nil ? standard : period(at: seconds).type
    }

    /// The period around `seconds`, as if the footer had always held.
    ///
    /// Times of −167...167 hours can move a change into a neighbouring year, so two years on either side are looked at.
    /// A start and an end at the same instant (daylight saving all year) count as in daylight saving.
    func period(at seconds: Int64) -> ZoneRules.Period {
        guard let daylight else {
            return ZoneRules.Period(start: .min, end: .max, type: standard, isFromFooter: true)
        }
        let day = Civil.floorDivide(seconds + standardOffset, Civil.secondsPerDay)
        let year = Civil.fields(ofDay: Int(day)).year
        var lastStart = Int64.min
        var lastEnd = Int64.min
        var nextChange = Int64.max
        for candidate in (year - 2)...(year + 2) {
            let start = daylight.start.seconds(inYear: candidate) - standardOffset
            let end = daylight.end.seconds(inYear: candidate) - daylight.offset
            if start <= seconds { lastStart = max(lastStart, start) } else { nextChange = min(nextChange, start) }
            if end <= seconds { lastEnd = max(lastEnd, end) } else { nextChange = min(nextChange, end) }
        }
        return ZoneRules.Period(
            start: max(lastStart, lastEnd), end: nextChange,
            type: lastStart >= lastEnd ? daylight.type : standard, isFromFooter: true)
    }
}

/// A date and time that comes once a year.
struct YearlyTime: Hashable, Sendable {
    /// The three forms of a POSIX date.
    enum Date: Hashable, Sendable {
        /// `Jn`: 1...365, 29 February not counted.
        case julian(Int)
        /// `n`: 0...365, 29 February counted.
        case ordinal(Int)
        /// `Mm.w.d`: the w-th weekday d (0 is Sunday) of month m; week 5 is the last.
        case weekday(month: Int, week: Int, weekday: Int)
    }

    var date: Date
    /// Seconds after midnight of that date; negative before it.
    var time: Int64

    /// Seconds from 1970-01-01T00:00 to this time of `year`, both on the same wall.
    func seconds(inYear year: Int) -> Int64 { Int64(day(inYear: year)) * Civil.secondsPerDay + time }

    private func day(inYear year: Int) -> Int {
        switch date {
        case .julian(let ordinal):
            let leap = Civil.isLeap(year) && ordinal >= 60 ? 1 : 0
            return Civil.days(year: year, month: 1, day: ordinal) + leap
        case .ordinal(let ordinal):
            return Civil.days(year: year, month: 1, day: 1) + ordinal
        case .weekday(let month, let week, let weekday):
            let first = Civil.days(year: year, month: month, day: 1)
            // 1970-01-01 was a Thursday, weekday 4.
            let firstWeekday = first + 4 - Civil.floorDivide(first + 4, 7) * 7
            let offset = (weekday - firstWeekday + 7) % 7 + (week - 1) * 7
            return first + (offset < Civil.length(ofMonth: month, year: year) ? offset : offset - 7)
        }
    }
}
