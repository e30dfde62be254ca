import Testing

@testable import Matching

@Suite struct `Values that records write in many ways` {
    @Test(arguments: [
        ("+49 (0)30 1234-567", "49301234567", true), ("0049 30 1234567", "49301234567", true),
        ("030/1234567", "301234567", false), ("(555) 010-0123", "5550100123", false),
        ("555-0100 x12", "5550100", false), ("+1.555.010.0001", "15550100001", true),
    ])
    func `are one telephone number`(_ text: String, _ digits: String, _ isInternational: Bool) throws {
        let number = try #require(PhoneNumber(text))
        #expect(number.digits == digits && number.isInternational == isInternational)
    }

    @Test(arguments: ["", "12", "call me", "+", "(555", "1234567890123456", "12+345678", "1999-12-31T00:00"])
    func `are no telephone number`(_ text: String) { #expect(PhoneNumber(text) == nil) }

    @Test(arguments: [
        (" Ann.Lee+news@Gmail.com", "annlee@gmail.com"), ("ann.lee@GOOGLEMAIL.com", "annlee@gmail.com"),
        ("Ann.Lee@example.org", "ann.lee@example.org"), ("+tag@example.org", "+tag@example.org"),
    ])
    func `are one address for mail`(_ text: String, _ plain: String) { #expect(EmailAddress(text)?.text == plain) }

    @Test(arguments: ["", "a", "@", "a@", "@b.c", "a@b", "a@b..c", "a@b@c.d"])
    func `are no address for mail`(_ text: String) { #expect(EmailAddress(text) == nil) }

    @Test(arguments: [
        "1999-12-31", "19991231", "31.12.1999", "31/12/1999", "12/31/1999", "1999/12/31", "1999-12-31T23:59:59Z",
        "1999-12-31 00:00",
    ])
    func `are one day`(_ text: String) {
        #expect(CalendarDate(text) == CalendarDate(year: 1999, month: 12, day: 31))
    }

    @Test func `are read in the column's order where both are possible`() {
        #expect(CalendarDate("03/04/2001", order: .dayFirst) == CalendarDate(year: 2001, month: 4, day: 3))
        #expect(CalendarDate("03/04/2001", order: .monthFirst) == CalendarDate(year: 2001, month: 3, day: 4))
        #expect(
            CalendarDate.order(of: "13/04/2001") == .dayFirst && CalendarDate.order(of: "04/13/2001") == .monthFirst)
        #expect(CalendarDate.order(of: "03/04/2001") == nil && CalendarDate.order(of: "2001-04-13") == nil)
    }

    @Test(arguments: [
        "", "1999", "1999-13-01", "2023-02-29", "0000-01-01", "99999999", "1-2-3", "31.12.99", "T", "a-b-c",
    ])
    func `are no day`(_ text: String) { #expect(CalendarDate(text) == nil) }

    @Test func `show what a field holds`() {
        func kind(_ values: [String]) -> FieldKind { .inferred(from: values, counts: values.map { _ in 1 }) }
        #expect(kind(["ann@example.com", "bob@example.org"]) == .email)
        #expect(kind(["1990-01-02", "1985-11-30"]) == .date)
        #expect(kind(["+15550100001", "+49301234567"]) == .phone)
        #expect(kind(["555-010-0001", "(555) 010 0002"]) == .phone)
        #expect(kind(["12", "7.5", "-3"]) == .number)
        #expect(kind(["10115", "20095", "80331"]) == .code)
        #expect(kind(["SW1A1AA", "EC1A1BB"]) == .code)
        #expect(kind(["Ann", "Bob", "Maria"]) == .name)
        #expect(kind(["12 Park Street", "1 Mill Lane"]) == .text)
        #expect(FieldKind.inferred(from: ["m", "f"], counts: [40, 60]) == .category)
        #expect(kind([]) == .text)
    }
}
