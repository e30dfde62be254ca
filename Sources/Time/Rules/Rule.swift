/// When something repeats: every so many seconds, or at a time of day in a zone on some days. Pure: the same question
/// has the same answer.
///
/// Where clocks jump over the time of day, it is due once, at the instant of the jump; where they show it twice, once,
/// at the earlier.
public struct Rule: Hashable, Sendable {
    enum Form: Hashable {
        /// At `origin` plus whole multiples of `seconds`; only from `origin` on where `isStart`.
        case interval(seconds: Int64, origin: Instant, isStart: Bool)
        case daily
        /// Bit n set: on the weekday with raw value n. Never zero.
        case weekly(days: UInt8)
        case monthly(day: Int)
    }

    let form: Form
    let time: TimeOfDay
    let zone: Zone

    private init(_ form: Form, at time: TimeOfDay = .midnight, in zone: Zone = .utc) {
        self.form = form
        self.time = time
        self.zone = zone
    }

    /// Every `seconds`, aligned: at whole multiples since 1970-01-01T00:00:00Z, so 3600 is on the hour of UTC.
    /// Less than 1 counts as 1, more than 10¹⁰ (three centuries) as that.
    public static func every(seconds: Int64) -> Rule {
        Rule(.interval(seconds: bounded(seconds), origin: .epoch, isStart: false))
    }

    /// At `start` and every `seconds` after it. Less than 1 second counts as 1, more than 10¹⁰ (three centuries) as
    /// that.
    public static func every(seconds: Int64, from start: Instant) -> Rule {
        Rule(.interval(seconds: bounded(seconds), origin: start, isStart: true))
    }

    /// Each day when clocks in `zone` show `time`.
    public static func daily(at time: TimeOfDay, in zone: Zone) -> Rule { Rule(.daily, at: time, in: zone) }

    /// On the given weekdays when clocks in `zone` show `time`.
    public static func weekly(
        on first: Weekday, _ others: Weekday..., at time: TimeOfDay, in zone: Zone
    ) -> Rule {
        Rule(.weekly(days: mask([first] + others)), at: time, in: zone)
    }

    /// On the given weekdays when clocks in `zone` show `time`; nil where there are none.
    public static func weekly(on days: Set<Weekday>, at time: TimeOfDay, in zone: Zone) -> Rule? {
        days.isEmpty ? nil : Rule(.weekly(days: mask(days)), at: time, in: zone)
    }

    /// Each month on day `day`, or on its last day where it is shorter, when clocks in `zone` show `time`.
    /// 31 is always the last day. Less than 1 counts as 1, more than 31 as 31.
    public static func monthly(day: Int, at time: TimeOfDay, in zone: Zone) -> Rule {
        Rule(.monthly(day: min(max(day, 1), 31)), at: time, in: zone)
    }

    private static func bounded(_ seconds: Int64) -> Int64 { min(max(seconds, 1), 10_000_000_000) }

    private static func mask(_ days: some Sequence<Weekday>) -> UInt8 {
        days.reduce(0) { $0 | 1 << UInt8($1.rawValue) }
    }
}
