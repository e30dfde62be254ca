extension TextCursor {
    mutating func weekday(_ text: Span<UInt8>) -> Weekday? {
        for number in 1...7 {
            if let weekday = Weekday(rawValue: number), take(word: weekday.abbreviation, text) { return weekday }
        }
        return nil
    }

    private mutating func month(_ text: Span<UInt8>) -> Int? {
        for month in 1...12 where take(word: monthAbbreviation(month), text) { return month }
        return nil
    }

    /// Reads the rest of `Sun, 06 Nov 1994 08:49:37 GMT` after the first space.
    mutating func fixdate(_ text: Span<UInt8>) -> (day: Day, clock: ClockFields)? {
        guard let day = number(digits: 2, text), take(" ", text), let month = month(text), take(" ", text),
            let year = number(digits: 4, text), take(" ", text), let clock = clock(text), take(word: " GMT", text),
            let date = Day(year: year, month: month, day: day)
        else { return nil }
        return (date, clock)
    }

    /// Reads the rest of `Sunday, 06-Nov-94 08:49:37 GMT` after the first three letters.
    mutating func rfc850(
        _ weekday: Weekday, now: Instant, _ text: Span<UInt8>
    ) -> (day: Day, clock: ClockFields)? {
        guard take(word: weekday.restOfName, text), take(word: ", ", text),
            let day = number(digits: 2, text), take("-", text), let month = month(text), take("-", text),
            let shortYear = number(digits: 2, text), take(" ", text), let clock = clock(text), take(word: " GMT", text)
        else { return nil }
        // The latest year that ends in these digits and lies at most 50 years ahead: first by year, then by instant.
        let latest = LocalTime(microseconds: now.microseconds).day.adding(years: 50)
        var year = latest.year - latest.year % 100 + shortYear
        if year > latest.year { year -= 100 }
        if year == latest.year, let date = Day(year: year, month: month, day: day), date > latest { year -= 100 }
        guard let date = Day(year: year, month: month, day: day) else { return nil }
        return (date, clock)
    }

    /// Reads the rest of `Sun Nov  6 08:49:37 1994` after the first space.
    mutating func asctime(_ text: Span<UInt8>) -> (day: Day, clock: ClockFields)? {
        guard let month = month(text), take(" ", text),
            let day = take(" ", text) ? digit(text) : number(digits: 2, text), take(" ", text),
            let clock = clock(text), take(" ", text), let year = number(digits: 4, text),
            let date = Day(year: year, month: month, day: day)
        else { return nil }
        return (date, clock)
    }
}
