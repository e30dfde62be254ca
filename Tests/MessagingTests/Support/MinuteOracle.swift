import PluginAPI

/// Looks at every minute, one after the other: slow, and too simple to be wrong in the same way as what it judges. All clocks
/// of 2020 to 2040 differ from UTC by whole minutes.
enum MinuteOracle {
    private static let first = Instant(seconds: 1_577_836_800)  // 2020-01-01
    private static let last = Instant(seconds: 2_240_524_800)  // 2041-01-01

    /// A whole minute within 2020 to 2040: anywhere, or in the day around a change of the clock where the zone has any.
    static func moment(
        in zone: Zone, atChange: Bool, _ generator: inout SeededGenerator
    ) -> Instant {
        let minutes = (last.seconds - first.seconds) / 60
        let anywhere = first + .seconds(60 * Int64.random(in: 0..<minutes, using: &generator))
        guard atChange, let change = zone.nextTransition(after: anywhere), change < last else { return anywhere }
        return change + .seconds(60 * Int64.random(in: -1500...240, using: &generator))
    }

    /// A time of day, often a quarter of an hour, often at night where clocks are changed.
    static func time(_ generator: inout SeededGenerator) -> TimeOfDay {
        let minute =
            Bool.random(using: &generator)
            ? Int.random(in: 0..<1440, using: &generator) : 15 * Int.random(in: 0..<16, using: &generator)
        return TimeOfDay(hour: minute / 60, minute: minute % 60) ?? .midnight
    }

    /// What the clock shows, from nothing but its offset.
    static func minuteOfDay(at instant: Instant, _ zone: Zone) -> Int {
        let minutes = (instant.seconds + Int64(zone.offset(at: instant))) / 60
        return Int(minutes % 1440)
    }

    static func isQuiet(_ minute: Int, _ hours: QuietHours) -> Bool {
        let (start, end) = (hours.start.secondsSinceMidnight / 60, hours.end.secondsSinceMidnight / 60)
        // Walks from the start to the end as a person would with a finger on the dial.
        var hand = start
        while hand != end {
            if hand == minute { return true }
            hand = (hand + 1) % 1440
        }
        return false
    }

    /// The first minute from a moment on that fulfils a condition.
    static func first(from instant: Instant, _ isWanted: (Instant) -> Bool) -> Instant? {
        var moment = instant
        for _ in 0..<(3 * 1440) {
            if isWanted(moment) { return moment }
            moment = moment + .seconds(60)
        }
        return nil
    }

    /// When the clock first shows the time, or more, on a day that is wanted: the first such moment after another.
    static func nextDay(
        after instant: Instant, at time: TimeOfDay, _ zone: Zone, _ isWanted: (Day) -> Bool
    ) -> Instant? {
        let wanted = time.secondsSinceMidnight / 60
        var seen: Set<Day> = []
        // From two days before, so that a day whose moment is past is known to be.
        var moment = instant - .seconds(2 * 86_400)
        var isStarted = false
        var startDay: Day?
        while moment <= instant + .seconds(16 * 86_400) {
            let day = Day(daysSinceEpoch: Int((moment.seconds + Int64(zone.offset(at: moment))) / 86_400))
            // The day in which the walk begins is known in part only.
            if !isStarted { (isStarted, startDay) = (true, day) }
            if day != startDay, !seen.contains(day), minuteOfDay(at: moment, zone) >= wanted {
                seen.insert(day)
                if moment > instant, isWanted(day) { return moment }
            }
            moment = moment + .seconds(60)
        }
        return nil
    }
}

/// The same numbers at every run (splitmix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
