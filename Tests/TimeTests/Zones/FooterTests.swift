import Testing
import Time

@Suite struct `A zone's footer` {
    @Test func `may be a single offset`() throws {
        let some = try zone(footer: "<+0545>-5:45")
        #expect(some.offset(at: .epoch) == 20_700)
        #expect(some.abbreviation(at: .maximum) == "+0545")
        #expect(some.nextTransition(after: .minimum) == nil)
        #expect(try zone(footer: "XYZ4:30:15").offset(at: .epoch) == -16_215)
        #expect(try zone(footer: "XYZ+4").offset(at: .epoch) == -14_400)
        #expect(try zone(footer: "<-00>0").abbreviation(at: .epoch) == "-00")
        #expect(try zone(footer: "ABC-24").offset(at: .epoch) == 86_400)
    }

    @Test func `tells weekdays of a month, far into the future`() throws {
        let oslo = try zone(footer: "CET-1CEST,M3.5.0,M10.5.0/3")
        for (text, offset) in [
            ("2025-03-30T00:59:59Z", 3600), ("2025-03-30T01:00:00Z", 7200), ("2025-10-26T00:59:59Z", 7200),
            ("2025-10-26T01:00:00Z", 3600), ("2400-03-26T01:00:00Z", 7200), ("2400-03-26T00:59:59Z", 3600),
            ("9998-07-01T00:00:00Z", 7200), ("0002-07-01T00:00:00Z", 7200),
        ] {
            #expect(try oslo.offset(at: instant(text)) == offset, "\(text)")
        }
        #expect(oslo.nextTransition(after: try instant("2025-12-01T00:00:00Z"))?.description == "2026-03-29T01:00:00Z")
        #expect(oslo.nextTransition(after: try instant("2026-03-29T01:00:00Z"))?.description == "2026-10-25T01:00:00Z")
        #expect(oslo.isDaylight(at: try instant("2025-07-01T00:00:00Z")))
    }

    @Test func `puts summer across the new year in the south`() throws {
        let sydney = try zone(footer: "AEST-10AEDT,M10.1.0,M4.1.0/3")
        #expect(sydney.offset(at: try instant("2026-01-01T00:00:00Z")) == 39_600)
        #expect(sydney.offset(at: try instant("2026-07-01T00:00:00Z")) == 36_000)
        #expect(
            sydney.nextTransition(after: try instant("2025-12-31T23:59:59Z"))?.description == "2026-04-04T16:00:00Z")
    }

    @Test func `counts Julian days without 29 February and ordinals with it`() throws {
        let julian = try zone(footer: "AAA0BBB,J60/0,J300/0")
        #expect(
            julian.nextTransition(after: try instant("2024-01-01T00:00:00Z"))?.description == "2024-03-01T00:00:00Z")
        #expect(
            julian.nextTransition(after: try instant("2025-01-01T00:00:00Z"))?.description == "2025-03-01T00:00:00Z")
        let ordinal = try zone(footer: "AAA0BBB,59/0,299/0")
        #expect(
            ordinal.nextTransition(after: try instant("2024-01-01T00:00:00Z"))?.description == "2024-02-29T00:00:00Z")
        #expect(
            ordinal.nextTransition(after: try instant("2025-01-01T00:00:00Z"))?.description == "2025-03-01T00:00:00Z")
    }

    @Test func `may have times before the day and days after it`() throws {
        let nuuk = try zone(footer: "<-02>2<-01>,M3.5.0/-1,M10.5.0/0")
        #expect(nuuk.nextTransition(after: try instant("2025-01-01T00:00:00Z"))?.description == "2025-03-30T01:00:00Z")
        #expect(nuuk.nextTransition(after: try instant("2025-04-01T00:00:00Z"))?.description == "2025-10-26T01:00:00Z")
        let gaza = try zone(footer: "EET-2EEST,M3.4.4/50,M10.4.4/50")
        #expect(gaza.nextTransition(after: try instant("2023-01-01T00:00:00Z"))?.description == "2023-03-25T00:00:00Z")
    }

    @Test func `may move a change into another year`() throws {
        // Daylight saving begins 167 hours before New Year, on 25 December at 01:00, and ends 167 hours after 31
        // December began.
        let some = try zone(footer: "AAA0BBB,J1/-167,J365/-167")
        #expect(some.nextTransition(after: try instant("2025-12-20T00:00:00Z"))?.description == "2025-12-24T00:00:00Z")
        #expect(some.nextTransition(after: try instant("2025-12-24T00:00:00Z"))?.description == "2025-12-25T01:00:00Z")
        #expect(some.offset(at: try instant("2025-12-28T00:00:00Z")) == 3600)
        #expect(some.nextTransition(after: try instant("2025-12-28T00:00:00Z"))?.description == "2026-12-24T00:00:00Z")
        let late = try zone(footer: "AAA0BBB,J100/0,J365/167")
        #expect(late.offset(at: try instant("2026-01-06T21:59:59Z")) == 3600)
        #expect(late.offset(at: try instant("2026-01-06T22:00:00Z")) == 0)
        #expect(late.nextTransition(after: try instant("2026-01-01T00:00:00Z"))?.description == "2026-01-06T22:00:00Z")
    }

    @Test func `may move both changes into another year`() throws {
        let late = try zone(footer: "AAA0BBB0,J364/167,J365/167")
        let newYear = try instant("2026-01-03T00:00:00Z")
        #expect(late.abbreviation(at: newYear) == "AAA")
        #expect(late.nextTransition(after: newYear)?.description == "2026-01-05T23:00:00Z")
        #expect(late.abbreviation(at: try instant("2026-01-06T00:00:00Z")) == "BBB")
        let early = try zone(footer: "AAA0BBB0,J1/-167,J2/-167")
        let christmas = try instant("2025-12-28T00:00:00Z")
        #expect(early.abbreviation(at: christmas) == "AAA")
        #expect(early.nextTransition(after: christmas)?.description == "2026-12-25T01:00:00Z")
    }

    @Test func `may have daylight saving all year, without changes`() throws {
        let some = try zone(footer: "EST5EDT,0/0,J365/25")
        #expect(some.nextTransition(after: try instant("2025-06-01T00:00:00Z")) == nil)
        for text in ["2025-01-01T04:59:59Z", "2025-01-01T05:00:00Z", "2024-12-31T23:00:00Z", "2024-07-01T00:00:00Z"] {
            #expect(try some.offset(at: instant(text)) == -14_400, "\(text)")
            #expect(try some.isDaylight(at: instant(text)))
        }
        #expect(try some.instants(of: local("2025-01-01T00:00")) == .one(instant("2025-01-01T04:00:00Z")))
    }

    @Test func `may count winter as daylight saving`() throws {
        let dublin = try zone(footer: "IST-1GMT0,M10.5.0,M3.5.0/1")
        #expect(dublin.offset(at: try instant("2050-01-01T00:00:00Z")) == 0)
        #expect(dublin.isDaylight(at: try instant("2050-01-01T00:00:00Z")))
        #expect(dublin.offset(at: try instant("2050-07-01T00:00:00Z")) == 3600)
        #expect(!dublin.isDaylight(at: try instant("2050-07-01T00:00:00Z")))
        #expect(
            try dublin.instants(of: local("2050-03-27T01:30"))
                == .gap(before: instant("2050-03-27T01:30:00Z"), after: instant("2050-03-27T00:30:00Z")))
    }

    @Test(arguments: [
        "CET", "C-1", "CE-1", "CET-1CEST", "CET-25", "<CET-1", "CET-1CEST,M3.5.0", "CET-1CEST,M3.5.0,M10.5.0/3x",
        "CET-1CEST,M13.5.0,M10.5.0", "CET-1CEST,M3.6.0,M10.5.0", "CET-1CEST,M3.5.7,M10.5.0", "CET-1CEST,M3.0.0,M10.5.0",
        "CET-1CEST,J0,J365", "CET-1CEST,J1,J366", "CET-1CEST,0,366", "CET-1CEST,M3.5.0/168,M10.5.0",
        "CET-1:60", "CET-1CEST,M3.5.0,M10.5.0,", "<+>-1", "CET-1 CEST",
        "ABCDEFGHIJABCDEFGHIJABCDEFGHIJABC-1",
    ])
    func `is refused with the file when it is wrong`(footer: String) {
        #expect {
            try zone(footer: footer)
        } throws: { error in
            guard case .damaged(let how) = (error as? UnknownZone)?.reason else { return false }
            return how.contains(footer)
        }
    }
}
