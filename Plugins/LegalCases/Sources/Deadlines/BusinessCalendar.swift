internal import PluginAPI

/// On which days a firm and its courts work.
struct BusinessCalendar: Sendable {
    private let weekend: Set<Weekday>
    private let holidays: Set<Day>

    init(weekend: [Weekday], holidays: [Day]) {
        // With no day left to work on, every day is as good.
        self.weekend = weekend.count == 7 ? [] : Set(weekend)
        self.holidays = Set(holidays)
    }

    func isWorking(_ day: Day) -> Bool { !weekend.contains(day.weekday) && !holidays.contains(day) }

    /// The day itself, or the next one on which somebody works; backwards, the one before.
    func rolled(_ day: Day, backwards: Bool = false) -> Day {
        var day = day
        // Settings may name a thousand holidays in a row, not more.
        for _ in 0..<1500 where !isWorking(day) { day = day + (backwards ? -1 : 1) }
        return day
    }

    /// The last day of a period that an event begins.
    ///
    /// The day of the event is not counted. Of calendar days every one is; where the last is no working day, the period ends
    /// with the next that is, or with the one before when it is counted back from the event (Fed. R. Civ. P. 6(a)(1), (5)).
    ///
    /// - Parameter days: negative for a period that ends with the event.
    func end(of days: Int, from event: Day, counting: DayCounting) -> Day {
        switch counting {
        case .calendar: return rolled(event + days, backwards: days < 0)
        case .business:
            var (day, left) = (event, abs(days))
            let step = days < 0 ? -1 : 1
            while left > 0 {
                day = day + step
                if isWorking(day) { left -= 1 }
            }
            return rolled(day, backwards: days < 0)
        }
    }
}

/// Which days of a period are counted.
enum DayCounting: String, CaseIterable, Sendable, SQLConvertible {
    case calendar = "CALENDAR"
    case business = "BUSINESS"
}
