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

    /// Whether 167 hours and a day's offset either way cannot lead out of the year: nine days.
    var staysInYear: Bool {
        switch date {
        case .julian(let ordinal), .ordinal(let ordinal): 10...355 ~= ordinal
        case .weekday(let month, _, _): 2...11 ~= month
        }
    }

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
