internal import PluginAPI

/// The hours of one day, in the place of its weekday's: none at all for a day off.
struct DayHours: Described, Equatable {
    let date: Day
    let spans: [Span]

    /// From and to on the clock's face, in minutes since midnight.
    struct Span: Described, Equatable {
        let opens: Int
        let closes: Int

        static let schema = Schema<Span>.object(
            Span.init(opens:closes:), Field("opens", \.opens, .clockMinutes, note: "HH:MM"),
            Field("closes", \.closes, .clockMinutes, note: "HH:MM, until 24:00"))
    }

    static let schema = Schema<DayHours>.object(
        DayHours.init(date:spans:), Field("date", \.date, Day.schema),
        Field("spans", \.spans, .list(Span.schema, 0...10), default: [], note: "None for a day off"))
}

extension WeeklyHours {
    /// The days that have hours of their own, in order.
    var days: [DayHours] {
        exceptions.sorted { $0.key < $1.key }.map { day, spans in
            DayHours(date: day, spans: spans.map { DayHours.Span(opens: $0.opens, closes: $0.closes) })
        }
    }
}

/// What can be wrong with hours beyond their own shape.
enum HoursCheck {
    /// Spans of one weekday that end before they begin, or overlap.
    static func mistakes(_ spans: [WeeklyHours.Span], _ field: String) -> [Mistake] {
        spans.enumerated().compactMap { index, span in
            let overlaps = spans.enumerated().contains { other, another in
                other != index && another.weekday == span.weekday && another.opens < span.closes
                    && span.opens < another.closes
            }
            return mistake(span.opens, span.closes, overlaps, "\(field)[\(index)]")
        }
    }

    /// The same of days that have hours of their own; each day is there once.
    static func mistakes(_ days: [DayHours], _ field: String) -> [Mistake] {
        var seen: Set<Day> = []
        return days.enumerated().flatMap { number, day -> [Mistake] in
            if !seen.insert(day.date).inserted {
                return [Mistake(field: "\(field)[\(number)].date", .notAllowed, "is there already")]
            }
            return day.spans.enumerated().compactMap { index, span in
                let overlaps = day.spans.enumerated().contains { other, another in
                    other != index && another.opens < span.closes && span.opens < another.closes
                }
                return mistake(span.opens, span.closes, overlaps, "\(field)[\(number)].spans[\(index)]")
            }
        }
    }

    private static func mistake(_ opens: Int, _ closes: Int, _ overlaps: Bool, _ field: String) -> Mistake? {
        if opens >= closes { return Mistake(field: "\(field).closes", .range, "must be later than opens") }
        return overlaps ? Mistake(field: field, .notAllowed, "must not overlap another one") : nil
    }
}

extension Transaction {
    /// Says a week's hours of somebody or some place, all of them.
    borrowing func set(hours: [WeeklyHours.Span], of owner: String) throws(StoreError) {
        try run("DELETE FROM appointments_hours WHERE owner_id = \(owner)")
        for span in hours {
            try run(
                """
                INSERT INTO appointments_hours (owner_id, weekday, opens, closes)
                VALUES (\(owner), \(span.weekday.rawValue), \(span.opens), \(span.closes))
                """)
        }
    }

    /// Says which days have hours of their own, all that are not past: those stay as they were.
    borrowing func set(days: [DayHours], of owner: String) throws(StoreError) {
        let yesterday = Zone.utc.day(at: now) - 1
        try run("DELETE FROM appointments_exception WHERE owner_id = \(owner) AND day >= \(yesterday.description)")
        for day in days {
            let spans = day.spans.isEmpty ? [DayHours.Span(opens: 0, closes: 0)] : day.spans
            for span in spans {
                try run(
                    """
                    INSERT INTO appointments_exception (owner_id, day, opens, closes)
                    VALUES (\(owner), \(day.date.description), \(span.opens), \(span.closes))
                    ON CONFLICT (owner_id, day, opens) DO UPDATE SET closes = excluded.closes
                    """)
            }
        }
    }
}
