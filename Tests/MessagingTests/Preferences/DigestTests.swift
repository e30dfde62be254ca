import PluginAPI
import Testing

@Suite struct `Digests` {
    private static func preferences(_ frequency: Frequency, at time: TimeOfDay, on weekday: Weekday) -> Preferences {
        var preferences = Preferences()
        preferences.frequency = frequency
        preferences.digestTime = time
        preferences.digestWeekday = weekday
        return preferences
    }

    @Test func `are due at the hour of the category, else of the person`() throws {
        var preferences = Preferences()
        preferences.zone = try Zone(named: "America/New_York")
        preferences.categories["educational_content"] = CategoryPreference(
            frequency: .weekly, weekday: .monday, time: TimeOfDay(hour: 9, minute: 0))
        let now = try #require(Instant(rfc3339: "2027-03-08T13:00:00Z"))
        // A Monday, still in winter time; the next one is in summer time.
        #expect(
            preferences.digest(of: .educationalContent, by: .email, after: now, home: .utc)
                == Instant(rfc3339: "2027-03-08T14:00:00Z"))
        #expect(
            preferences.digest(
                of: .educationalContent, by: .email, after: now + .seconds(3600), home: .utc)
                == Instant(rfc3339: "2027-03-15T13:00:00Z"))
        #expect(preferences.digest(of: .caseUpdates, by: .email, after: now, home: .utc) == nil)
    }

    @Test func `come as seldom as the strictest wish says`() {
        var preferences = Preferences()
        preferences.channels.email.frequency = .daily
        #expect(preferences.frequency(of: .caseUpdates, by: .email) == .daily)
        #expect(preferences.frequency(of: .caseUpdates, by: .sms) == .immediate)
        preferences.categories["case_updates"] = CategoryPreference(frequency: .immediate)
        #expect(preferences.frequency(of: .caseUpdates, by: .email) == .daily)
        preferences.frequency = .weekly
        #expect(preferences.frequency(of: .caseUpdates, by: .email) == .weekly)
        preferences.categories["case_updates"] = CategoryPreference(frequency: .never)
        #expect(preferences.frequency(of: .caseUpdates, by: .sms) == .never)
    }

    @Test func `of all zones and years are due where a search minute by minute says`() throws {
        var generator = SeededGenerator(seed: 5_000_001)
        for name in ZoneDatabase.system.names {
            let zone = try Zone(named: name)
            for round in 0..<(`Quiet hours`.isFull ? 200 : 1) {
                let start = MinuteOracle.moment(in: zone, atChange: round % 2 == 0, &generator)
                let time = MinuteOracle.time(&generator)
                let daily = Self.preferences(.daily, at: time, on: .monday)
                #expect(
                    daily.digest(of: .messages, by: .email, after: start, home: zone)
                        == MinuteOracle.nextDay(after: start, at: time, zone) { _ in true },
                    "\(name) daily \(time) after \(start)")
                let weekday = Weekday(rawValue: Int.random(in: 1...7, using: &generator)) ?? .sunday
                let weekly = Self.preferences(.weekly, at: time, on: weekday)
                #expect(
                    weekly.digest(of: .messages, by: .email, after: start, home: zone)
                        == MinuteOracle.nextDay(after: start, at: time, zone) { $0.weekday == weekday },
                    "\(name) \(weekday) \(time) after \(start)")
            }
        }
    }
}
