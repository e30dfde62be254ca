internal import PluginAPI

/// Opening or working hours of a week, in the words of the clock on the wall, and the days that have hours of their own.
struct WeeklyHours: Sendable, Hashable {
    /// From and to on one weekday.
    private(set) var spans: [Span]
    /// Days on which other hours hold than their weekday's; none at all when empty.
    private(set) var exceptions: [Day: [Span]]

    /// Hours on one weekday, `opens` ..< `closes`, both in minutes since midnight on the clock's face, 0...1440.
    struct Span: Sendable, Hashable {
        let weekday: Weekday
        let opens: Int
        let closes: Int
    }

    init(_ spans: [Span] = [], exceptions: [Day: [Span]] = [:]) {
        self.spans = spans.sorted { ($0.weekday, $0.opens) < ($1.weekday, $1.opens) }
        self.exceptions = exceptions.mapValues { $0.sorted { $0.opens < $1.opens } }
    }

    /// What is open on a day, in order.
    func on(_ day: Day) -> [Span] { exceptions[day] ?? on(day.weekday) }

    /// What is open on a weekday, in order.
    func on(_ weekday: Weekday) -> [Span] { spans.filter { $0.weekday == weekday } }
}

extension WeeklyHours.Span: Described {
    static let schema = Schema<Self>.object(
        Self.init(weekday:opens:closes:),
        Field("weekday", \.weekday, Weekday.schema),
        Field("opens", \.opens, .clockMinutes, note: "What the branch's clock shows, HH:MM"),
        Field("closes", \.closes, .clockMinutes, note: "HH:MM, until 24:00; hours past midnight go on the next day"))
}

extension Schema where Value == Int {
    /// `HH:MM` from 00:00 to 24:00 as minutes since midnight.
    static var clockMinutes: Schema<Int> {
        .text(
            JSONSchema(["type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$"]),
            allowed: "a time of day from 00:00 to 24:00",
            sample: { "0\($0 % 10):15" },
            parse: { text in
                if text == "24:00" { return 1440 }
                guard text.utf8.count == 5, let time = TimeOfDay(iso8601: text) else { return nil }
                return time.secondsSinceMidnight / 60
            },
            write: { minutes, writer in
                writer.value(TimeOfDay(hour: minutes / 60, minute: minutes % 60)?.description ?? "24:00")
            })
    }
}
