import Testing
import Time

@Suite struct `A repeating rule` {
    /// The next `count` times it is due after `start`.
    private func times(_ rule: Rule, after start: String, _ count: Int) throws -> [String] {
        var times: [String] = []
        var now = try instant(start)
        for _ in 0..<count {
            now = rule.next(after: now)
            times.append(now.description)
        }
        return times
    }

    @Test func `every so many seconds is aligned`() throws {
        #expect(
            try times(.every(seconds: 900), after: "2025-08-28T10:07:00Z", 2)
                == ["2025-08-28T10:15:00Z", "2025-08-28T10:30:00Z"])
        #expect(try times(.every(seconds: 900), after: "2025-08-28T10:15:00Z", 1) == ["2025-08-28T10:30:00Z"])
        #expect(
            try times(.every(seconds: 86_400), after: "1969-12-30T12:00:00Z", 2)
                == ["1969-12-31T00:00:00Z", "1970-01-01T00:00:00Z"])
    }

    @Test func `every so many seconds from a start begins there`() throws {
        let rule = Rule.every(seconds: 100, from: try instant("2025-08-28T10:00:07Z"))
        #expect(try times(rule, after: "2020-01-01T00:00:00Z", 2) == ["2025-08-28T10:00:07Z", "2025-08-28T10:01:47Z"])
        #expect(try times(rule, after: "2025-08-28T10:00:07Z", 1) == ["2025-08-28T10:01:47Z"])
    }

    @Test func `never has a step below one second`() throws {
        #expect(Rule.every(seconds: 0) == .every(seconds: 1))
        #expect(Rule.every(seconds: .min) == .every(seconds: 1))
        #expect(Rule.every(seconds: .max).next(after: .epoch) > .epoch)
    }

    @Test func `daily keeps to the clock on the wall`() throws {
        let rule = Rule.daily(at: try time("09:00"), in: try Zone(named: "Europe/Oslo"))
        #expect(
            try times(rule, after: "2025-03-29T08:00:00Z", 3)
                == ["2025-03-30T07:00:00Z", "2025-03-31T07:00:00Z", "2025-04-01T07:00:00Z"])
        #expect(try times(rule, after: "2025-03-29T07:59:59.999999Z", 1) == ["2025-03-29T08:00:00Z"])
    }

    @Test func `daily runs once at the end of a gap`() throws {
        let rule = Rule.daily(at: try time("02:30"), in: try Zone(named: "Europe/Oslo"))
        #expect(try times(rule, after: "2025-03-29T12:00:00Z", 2) == ["2025-03-30T01:00:00Z", "2025-03-31T00:30:00Z"])
        let midnight = Rule.daily(at: .midnight, in: try Zone(named: "America/Sao_Paulo"))
        #expect(
            try times(midnight, after: "2018-11-03T12:00:00Z", 2) == ["2018-11-04T03:00:00Z", "2018-11-05T02:00:00Z"])
    }

    @Test func `daily runs once in an overlap, at the earlier instant`() throws {
        let rule = Rule.daily(at: try time("02:30"), in: try Zone(named: "Europe/Oslo"))
        #expect(try times(rule, after: "2025-10-25T12:00:00Z", 2) == ["2025-10-26T00:30:00Z", "2025-10-27T01:30:00Z"])
        let midnight = Rule.daily(at: .midnight, in: try Zone(named: "America/St_Johns"))
        #expect(
            try times(midnight, after: "2010-11-06T12:00:00Z", 2) == ["2010-11-07T02:30:00Z", "2010-11-08T03:30:00Z"])
    }

    @Test func `daily runs at the jump for a day that was skipped`() throws {
        let rule = Rule.daily(at: try time("10:00"), in: try Zone(named: "Pacific/Apia"))
        #expect(
            try times(rule, after: "2011-12-29T00:00:00Z", 3)
                == ["2011-12-29T20:00:00Z", "2011-12-30T10:00:00Z", "2011-12-30T20:00:00Z"])
    }

    @Test func `weekly keeps to its weekdays`() throws {
        let rule = Rule.weekly(on: .monday, .friday, at: try time("08:00"), in: .utc)
        #expect(
            try times(rule, after: "2025-08-28T10:00:00Z", 3)
                == ["2025-08-29T08:00:00Z", "2025-09-01T08:00:00Z", "2025-09-05T08:00:00Z"])
        #expect(rule == Rule.weekly(on: [.friday, .monday], at: try time("08:00"), in: .utc))
        #expect(Rule.weekly(on: [], at: .noon, in: .utc) == nil)
    }

    @Test func `monthly is clamped to the end of the month`() throws {
        let rule = Rule.monthly(day: 31, at: .noon, in: .utc)
        #expect(
            try times(rule, after: "2024-01-15T00:00:00Z", 4)
                == ["2024-01-31T12:00:00Z", "2024-02-29T12:00:00Z", "2024-03-31T12:00:00Z", "2024-04-30T12:00:00Z"])
        let first = Rule.monthly(day: 1, at: .midnight, in: try Zone(named: "Europe/Oslo"))
        #expect(try times(first, after: "2025-09-30T21:59:59Z", 2) == ["2025-09-30T22:00:00Z", "2025-10-31T23:00:00Z"])
        #expect(Rule.monthly(day: 99, at: .noon, in: .utc) == rule)
    }

    @Test(arguments: ["Europe/Oslo", "Pacific/Apia", "America/St_Johns", "America/Sao_Paulo", "Australia/Lord_Howe"])
    func `is due later and later, and at each day's time where the clock shows it`(name: String) throws {
        let zone = try Zone(named: name)
        for text in ["00:00", "00:30", "01:30", "02:15", "23:30"] {
            let rule = Rule.daily(at: try time(text), in: zone)
            var now = try instant("2009-06-01T00:00:00Z")
            while now < (try instant("2012-06-01T00:00:00Z")) {
                let next = rule.next(after: now)
                #expect(next > now)
                #expect(next - now <= .seconds(25 * 3600))
                #expect(rule.next(after: next - .microseconds(1)) == next)
                now = next
            }
        }
    }

    @Test func `ends with the calendar`() {
        for rule in [
            Rule.every(seconds: 60), .daily(at: .noon, in: .utc), .weekly(on: .monday, at: .noon, in: .utc),
            .monthly(day: 5, at: .noon, in: .utc),
        ] {
            #expect(rule.next(after: .maximum) == .maximum)
            #expect(rule.next(after: .minimum) > .minimum)
        }
        #expect(Rule.weekly(on: .monday, at: .noon, in: .utc).next(after: .maximum - .seconds(100_000)) == .maximum)
    }
}
