/// Hours in which nothing may disturb, by the clock of a zone: from `start` up to but not including `end`, over midnight
/// where `end` is earlier. Where both are the same there are none.
public struct QuietHours: Sendable, Hashable {
    /// Whether they hold.
    public var isOn: Bool
    public var start: TimeOfDay
    public var end: TimeOfDay
    /// By whose clock; the person's own zone when nil.
    public var zone: Zone?

    public init(isOn: Bool = true, start: TimeOfDay, end: TimeOfDay, zone: Zone? = nil) {
        self.isOn = isOn
        self.start = start
        self.end = end
        self.zone = zone
    }

    /// Whether a clock that shows `time` is inside.
    public func contains(_ time: TimeOfDay) -> Bool {
        start <= end ? start <= time && time < end : start <= time || time < end
    }

    /// Whether it is quiet at an instant.
    ///
    /// - Parameter home: the zone of a person whose hours name none.
    public func isQuiet(at instant: Instant, home: Zone) -> Bool {
        isOn && contains((zone ?? home).localTime(at: instant).time)
    }

    /// The first moment from `instant` on at which it is not quiet: `instant` itself where it is not.
    ///
    /// A clock that is put forward over `end` ends them; where one is put back into them, they hold again.
    public func end(from instant: Instant, home: Zone) -> Instant {
        let clock = zone ?? home
        var moment = instant
        while isQuiet(at: moment, home: home) {
            let time = clock.localTime(at: moment).time.microsecondsSinceMidnight
            let left = end.microsecondsSinceMidnight - time
            let done = moment + .microseconds(left > 0 ? left : left + 86_400_000_000)
            // Between two changes of the clock its time runs with ours; what it shows after one has to be looked at anew.
            guard let change = clock.nextTransition(after: moment), change <= done else { return done }
            moment = change
        }
        return moment
    }
}

extension [QuietHours] {
    /// The first moment from `instant` on that is outside all of them; nil when none comes within three days, because together
    /// they fill the day.
    public func end(from instant: Instant, home: Zone) -> Instant? {
        var moment = instant
        while moment <= instant + .seconds(3 * 86_400) {
            let later = reduce(moment) { $1.end(from: $0, home: home) }
            if later == moment { return moment }
            moment = later
        }
        return nil
    }
}

extension QuietHours: Described {
    public static let schema = Schema.object(
        Self.init(isOn:start:end:zone:),
        Field("enabled", \.isOn, .bool, default: true),
        Field("start", \.start, TimeOfDay.schema),
        Field("end", \.end, TimeOfDay.schema, note: "Earlier than start: on the next day."),
        .leftOutWhenNil("timezone", \.zone, .optional(Zone.schema), note: "One's own where it is left out."))
}

/// Hours in which nothing at all may disturb, but for emergencies where the person says so (seed 000 §6.2).
public struct DoNotDisturb: Sendable, Hashable, Described {
    public var hours: QuietHours
    /// Whether emergencies come through, here and in all other quiet hours.
    public var letsEmergenciesThrough: Bool

    public init(hours: QuietHours, letsEmergenciesThrough: Bool) {
        self.hours = hours
        self.letsEmergenciesThrough = letsEmergenciesThrough
    }

    private init(isOn: Bool, start: TimeOfDay, end: TimeOfDay, zone: Zone?, letsEmergenciesThrough: Bool) {
        hours = QuietHours(isOn: isOn, start: start, end: end, zone: zone)
        self.letsEmergenciesThrough = letsEmergenciesThrough
    }

    public static let schema = Schema.object(
        Self.init(isOn:start:end:zone:letsEmergenciesThrough:),
        Field("enabled", \.hours.isOn, .bool, default: true),
        Field("start", \.hours.start, TimeOfDay.schema),
        Field("end", \.hours.end, TimeOfDay.schema, note: "Earlier than start: on the next day."),
        .leftOutWhenNil("timezone", \.hours.zone, .optional(Zone.schema), note: "One's own where it is left out."),
        Field(
            "emergencyOverride", \.letsEmergenciesThrough, .bool, default: true,
            note: "Whether emergencies come through"))
}
