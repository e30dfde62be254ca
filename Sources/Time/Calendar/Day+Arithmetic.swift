extension Day {
    /// The day `days` later, or earlier where negative; stops at `minimum` and `maximum`.
    public static func + (day: Day, days: Int) -> Day {
        let (sum, overflow) = Int(day.number).addingReportingOverflow(days)
        if overflow { return days > 0 ? .maximum : .minimum }
        return Day(daysSinceEpoch: sum)
    }

    /// The day `days` earlier; stops at `minimum` and `maximum`.
    public static func - (day: Day, days: Int) -> Day {
        days == .min ? .maximum : day + -days
    }

    /// Days from `right` to `left`: 1 from one day to the next, negative backwards.
    public static func - (left: Day, right: Day) -> Int { Int(left.number) - Int(right.number) }

    /// The same day of the month `months` later (or earlier), or that month's last day where it is shorter:
    /// 31 January and one month is 28 or 29 February. Stops at `minimum` and `maximum`.
    public func adding(months: Int) -> Day {
        let (year, month, day) = fields
        let (index, overflow) = (year * 12 + month - 1).addingReportingOverflow(months)
        guard !overflow, index >= 12, index < 120_000 else { return months > 0 ? .maximum : .minimum }
        let (newYear, newMonth) = (index / 12, index % 12 + 1)
        let newDay = Swift.min(day, Civil.length(ofMonth: newMonth, year: newYear))
        return Day(daysSinceEpoch: Civil.days(year: newYear, month: newMonth, day: newDay))
    }

    /// The same day `years` later (or earlier); 29 February becomes the 28th in a year without one.
    public func adding(years: Int) -> Day {
        let (months, overflow) = years.multipliedReportingOverflow(by: 12)
        return adding(months: overflow ? (years > 0 ? .max : .min) : months)
    }

    /// The first day of this day's month.
    public var startOfMonth: Day { self - (dayOfMonth - 1) }

    /// The number of days in this day's month, 28...31.
    public var lengthOfMonth: Int {
        let (year, month, _) = fields
        return Civil.length(ofMonth: month, year: year)
    }

    /// The number of days in a month, 28...31; nil unless `month` is 1...12 and `year` 1...9999.
    public static func length(ofMonth month: Int, year: Int) -> Int? {
        guard 1...12 ~= month, 1...9999 ~= year else { return nil }
        return Civil.length(ofMonth: month, year: year)
    }

    /// Whether `year` has a 29 February.
    public static func isLeap(year: Int) -> Bool { Civil.isLeap(year) }

    /// The first day after this one that falls on `weekday`, one to seven days later.
    public func next(_ weekday: Weekday) -> Day {
        let ahead = (weekday.rawValue - self.weekday.rawValue + 7) % 7
        return self + (ahead == 0 ? 7 : ahead)
    }
}
