import Testing
import Time

@Suite struct `An HTTP date` {
    private let now = Instant(seconds: 1_756_377_000)  // 2025-08-28

    @Test(arguments: [
        "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
    ])
    func `is read in all three forms`(text: String) {
        #expect(Instant(httpDate: text, now: now)?.description == "1994-11-06T08:49:37Z")
    }

    @Test func `is written in the first form`() throws {
        #expect(try instant("1994-11-06T08:49:37.999Z").httpDate == "Sun, 06 Nov 1994 08:49:37 GMT")
        #expect(Instant.minimum.httpDate == "Mon, 01 Jan 0001 00:00:00 GMT")
        #expect(Instant.maximum.httpDate == "Fri, 31 Dec 9999 23:59:59 GMT")
    }

    @Test func `of every month and weekday comes back`() {
        for days in 0..<366 {
            let instant = Instant(seconds: Int64(days) * 86_400 + 1_700_000_000)
            #expect(Instant(httpDate: instant.httpDate, now: now) == instant)
        }
    }

    @Test(
        arguments: [
            ("Thursday, 28-Aug-75 00:00:00 GMT", "1975-08-28T00:00:00Z"),
            ("Wednesday, 28-Aug-75 00:00:00 GMT", nil), ("Friday, 29-Aug-75 00:00:00 GMT", "1975-08-29T00:00:00Z"),
            ("Thursday, 27-Aug-75 00:00:00 GMT", nil), ("Tuesday, 27-Aug-75 00:00:00 GMT", "2075-08-27T00:00:00Z"),
            ("Friday, 01-Jan-99 00:00:00 GMT", "1999-01-01T00:00:00Z"),
            ("Tuesday, 29-Feb-00 00:00:00 GMT", "2000-02-29T00:00:00Z"),
        ] as [(String, String?)])
    func `with two digits of a year lies at most 50 years ahead`(text: String, expected: String?) throws {
        // 2025-08-28: the 28th of August 2075 is 50 years ahead, the 29th is more.
        let read = Instant(httpDate: text, now: now - .seconds(86_400))
        #expect(read?.description == expected)
    }

    @Test(arguments: [
        "", "Sun", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 UTC", "Sun, 6 Nov 1994 08:49:37 GMT",
        "sun, 06 Nov 1994 08:49:37 GMT", "Sun, 06 nov 1994 08:49:37 GMT", "Mon, 06 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 24:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 GMT ", "Sun, 31 Nov 1994 08:49:37 GMT",
        "Sunday, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-1994 08:49:37 GMT", "Sun, 06-Nov-94 08:49:37 GMT",
        "Mon, 06-Nov-94 08:49:37 GMT", "Sun Nov 6 08:49:37 1994", "Sun Nov  6 08:49:37 94",
        "Sun Nov 06 08:49:37 1994 GMT", "Sun,06 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 8:49:37 GMT",
    ])
    func `is refused`(text: String) {
        #expect(Instant(httpDate: text, now: now) == nil)
    }
}
