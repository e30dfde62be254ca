@testable import Time

/// Zone files: what is read answers for every instant, and its transitions go forward.
func checkTZif(_ bytes: [UInt8]) {
    guard let rules = try? TZif.rules(named: "Fuzz/Zone", from: bytes) else { return }
    let zone = Zone(rules)
    for instant in [Instant.minimum, Instant(seconds: 0), Instant(seconds: 1_700_000_000), .maximum] {
        require(abs(zone.offset(at: instant)) < 100_000, "an offset of more than a day")
        _ = (zone.abbreviation(at: instant), zone.isDaylight(at: instant))
        _ = zone.instants(of: zone.localTime(at: instant))
    }
    var at = Instant.minimum
    for _ in 0..<100 {
        guard let next = zone.nextTransition(after: at) else { return }
        require(next > at, "a transition that does not go forward")
        at = next
    }
}

/// Dates and times as text: what is read is written to what reads the same.
func checkMoments(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    if let instant = Instant(rfc3339: text) {
        require(Instant(rfc3339: instant.description) == instant, "RFC 3339")
    }
    if let day = Day(iso8601: text) { require(Day(iso8601: day.description) == day, "a day") }
    if let time = TimeOfDay(iso8601: text) { require(TimeOfDay(iso8601: time.description) == time, "a time of day") }
    if let time = LocalTime(iso8601: text) { require(LocalTime(iso8601: time.description) == time, "a local time") }
    if let instant = Instant(httpDate: text, now: Instant(seconds: 1_700_000_000)) {
        var written: [UInt8] = []
        instant.writeHTTPDate(into: &written)
        let again = Instant(httpDate: String(decoding: written, as: UTF8.self), now: Instant(seconds: 1_700_000_000))
        require(again == instant, "an HTTP date")
    }
}
