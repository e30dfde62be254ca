import Testing
import Time

@Suite struct `A zone of the system` {
    @Test func `knows what holds at an instant`() throws {
        let oslo = try Zone(named: "Europe/Oslo")
        let summer = try instant("2025-08-28T10:30:00Z")
        #expect(oslo.offset(at: summer) == 7200)
        #expect(oslo.abbreviation(at: summer) == "CEST")
        #expect(oslo.isDaylight(at: summer))
        #expect(oslo.localTime(at: summer) == (try local("2025-08-28T12:30")))
        #expect(oslo.day(at: try instant("2025-08-28T22:00:00Z")) == (try day("2025-08-29")))
        #expect(oslo.nextTransition(after: summer)?.description == "2025-10-26T01:00:00Z")
        #expect(oslo.localTime(at: try instant("2025-08-28T10:30:00.000001Z")).time.microsecond == 1)
    }

    @Test func `goes on beyond the end of its table`() throws {
        let newYork = try Zone(named: "America/New_York")
        #expect(newYork.abbreviation(at: try instant("2500-07-01T00:00:00Z")) == "EDT")
        #expect(
            newYork.nextTransition(after: try instant("2499-12-31T00:00:00Z"))?.description == "2500-03-14T07:00:00Z")
        #expect(newYork.nextTransition(after: .maximum) == nil)
        #expect(
            try newYork.instants(of: local("2500-03-14T02:30"))
                == .gap(before: instant("2500-03-14T07:30:00Z"), after: instant("2500-03-14T06:30:00Z")))
        #expect(
            try newYork.instants(of: local("2500-11-07T01:30"))
                == .overlap(earlier: instant("2500-11-07T05:30:00Z"), later: instant("2500-11-07T06:30:00Z")))
    }

    @Test func `had local mean time before the first change`() throws {
        #expect(try Zone(named: "Europe/Amsterdam").offset(at: .minimum) == 1172)
        #expect(try Zone(named: "America/New_York").offset(at: instant("1883-01-01T00:00:00Z")) == -17_762)
    }

    @Test func `moves by half an hour on Lord Howe`() throws {
        let zone = try Zone(named: "Australia/Lord_Howe")
        #expect(
            try zone.instants(of: local("2025-10-05T02:15"))
                == .gap(before: instant("2025-10-04T15:45:00Z"), after: instant("2025-10-04T15:15:00Z")))
        #expect(
            try zone.instants(of: local("2025-04-06T01:45"))
                == .overlap(earlier: instant("2025-04-05T14:45:00Z"), later: instant("2025-04-05T15:15:00Z")))
        #expect(try zone.range(of: day("2025-10-05")).duration == .seconds(84_600))
    }

    @Test func `skipped a day in Apia`() throws {
        let zone = try Zone(named: "Pacific/Apia")
        let skipped = try day("2011-12-30")
        let jump = try instant("2011-12-30T10:00:00Z")
        #expect(zone.startOfDay(skipped) == jump)
        #expect(zone.startOfDay(skipped + 1) == jump)
        #expect(zone.range(of: skipped).isEmpty)
        #expect(zone.range(of: skipped - 1).end == jump)
        #expect(zone.range(of: skipped - 1).duration == .seconds(86_400))
        #expect(
            try zone.instants(of: local("2011-12-30T12:00"))
                == .gap(before: instant("2011-12-30T22:00:00Z"), after: instant("2011-12-29T22:00:00Z")))
        #expect(zone.day(at: jump - .microseconds(1)) == skipped - 1)
        #expect(zone.day(at: jump) == skipped + 1)
    }

    @Test func `skipped a day in Kwajalein`() throws {
        let zone = try Zone(named: "Pacific/Kwajalein")
        #expect(zone.range(of: try day("1993-08-21")).isEmpty)
        #expect(zone.offset(at: try instant("2030-01-01T00:00:00Z")) == 43_200)
    }

    @Test(arguments: ["Africa/Casablanca", "Africa/El_Aaiun"])
    func `goes back for Ramadan in Morocco`(name: String) throws {
        let zone = try Zone(named: name)
        let ramadan = try instant("2025-03-10T00:00:00Z")
        #expect(zone.offset(at: ramadan) == 0)
        #expect(zone.offset(at: try instant("2025-06-10T00:00:00Z")) == 3600)
        #expect(
            try zone.instants(of: local("2025-02-23T02:30"))
                == .overlap(earlier: instant("2025-02-23T01:30:00Z"), later: instant("2025-02-23T02:30:00Z")))
        #expect(zone.nextTransition(after: ramadan)?.description == "2025-04-06T02:00:00Z")
    }

    @Test func `moves by two hours at Troll`() throws {
        let zone = try Zone(named: "Antarctica/Troll")
        #expect(zone.abbreviation(at: try instant("2050-01-01T00:00:00Z")) == "+00")
        #expect(zone.abbreviation(at: try instant("2050-07-01T00:00:00Z")) == "+02")
        #expect(try zone.range(of: day("2050-03-27")).duration == .seconds(22 * 3600))
        #expect(try zone.range(of: day("2050-10-30")).duration == .seconds(26 * 3600))
    }

    @Test(arguments: ["America/Nuuk", "America/Godthab"])
    func `changes on Saturday evening in Nuuk`(name: String) throws {
        let zone = try Zone(named: name)
        #expect(zone.nextTransition(after: try instant("2045-01-01T00:00:00Z"))?.description == "2045-03-26T01:00:00Z")
        #expect(zone.offset(at: try instant("2045-03-26T00:59:59Z")) == -7200)
        #expect(zone.offset(at: try instant("2045-03-26T01:00:00Z")) == -3600)
        #expect(
            try zone.instants(of: local("2045-03-25T23:30"))
                == .gap(before: instant("2045-03-26T01:30:00Z"), after: instant("2045-03-26T00:30:00Z")))
    }

    @Test func `has days without midnight in São Paulo`() throws {
        let zone = try Zone(named: "America/Sao_Paulo")
        let spring = try day("2018-11-04")
        #expect(zone.startOfDay(spring).description == "2018-11-04T03:00:00Z")
        #expect(zone.localTime(at: zone.startOfDay(spring)) == (try local("2018-11-04T01:00")))
        #expect(zone.range(of: spring).duration == .seconds(23 * 3600))
        #expect(zone.range(of: try day("2018-02-17")).duration == .seconds(25 * 3600))
        #expect(zone.range(of: try day("2018-02-18")).duration == .seconds(24 * 3600))
    }

    @Test func `begins the day at the first midnight in Havana and in St John's`() throws {
        let havana = try Zone(named: "America/Havana")
        #expect(havana.startOfDay(try day("2025-11-02")).description == "2025-11-02T04:00:00Z")
        #expect(havana.range(of: try day("2025-11-02")).duration == .seconds(25 * 3600))
        let johns = try Zone(named: "America/St_Johns")
        let autumn = try day("2010-11-07")
        #expect(johns.startOfDay(autumn).description == "2010-11-07T02:30:00Z")
        #expect(johns.range(of: autumn).duration == .seconds(25 * 3600))
        #expect(johns.day(at: johns.startOfDay(autumn) + .seconds(120)) == autumn - 1)
    }

    @Test func `has days that join`() throws {
        for name in ["Europe/Oslo", "America/Sao_Paulo", "Pacific/Apia", "America/St_Johns", "Africa/Cairo"] {
            let zone = try Zone(named: name)
            var end = zone.startOfDay(try day("2009-01-01"))
            for day in try #require(DayRange(start: day("2009-01-01"), end: day("2013-01-01"))) {
                let range = zone.range(of: day)
                #expect(range.start == end)
                #expect(range.isEmpty || zone.day(at: range.start) == day)
                end = range.end
            }
        }
    }

    @Test func `resolves gap and overlap as the caller says`() throws {
        let zone = try Zone(named: "Europe/Oslo")
        let gap = zone.instants(of: try local("2025-03-30T02:30"))
        #expect(gap.resolved(gap: .offsetBefore, overlap: .earlier).description == "2025-03-30T01:30:00Z")
        #expect(gap.resolved(gap: .offsetAfter, overlap: .earlier).description == "2025-03-30T00:30:00Z")
        let overlap = zone.instants(of: try local("2025-10-26T02:30"))
        #expect(overlap.resolved(gap: .offsetBefore, overlap: .earlier).description == "2025-10-26T00:30:00Z")
        #expect(overlap.resolved(gap: .offsetBefore, overlap: .later).description == "2025-10-26T01:30:00Z")
        #expect(zone.instants(of: try local("2025-10-26T03:00")) == .one(try instant("2025-10-26T02:00:00Z")))
        #expect(zone.firstInstant(notBefore: try local("2025-03-30T02:30")).description == "2025-03-30T01:00:00Z")
        #expect(zone.firstInstant(notBefore: try local("2025-10-26T02:30")).description == "2025-10-26T00:30:00Z")
    }

    @Test func `does not fail at the ends of the calendar`() throws {
        for zone in [Zone.utc, try Zone(named: "Pacific/Kiritimati"), try Zone(named: "Pacific/Niue")] {
            #expect(zone.day(at: .minimum) == .minimum)
            #expect(zone.day(at: .maximum) == .maximum)
            #expect(zone.range(of: .minimum).end > .minimum)
            #expect(zone.range(of: .maximum).end == .maximum)
        }
    }

    @Test func `is known by its name`() throws {
        let oslo = try Zone(named: "Europe/Oslo")
        #expect(oslo.description == "Europe/Oslo")
        #expect(Set([oslo, try Zone(named: "Europe/Oslo"), .utc]).count == 2)
        #expect(oslo != (try Zone(named: "Europe/Berlin")))
        #expect(Zone.utc.offset(at: .epoch) == 0)
        #expect(Zone.utc.abbreviation(at: .epoch) == "UTC")
        #expect(MemoryLayout<Zone>.size == MemoryLayout<AnyObject>.size)
    }
}
