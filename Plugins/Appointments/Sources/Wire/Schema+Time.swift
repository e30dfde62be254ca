internal import PluginAPI

extension Schema where Value == Instant {
    /// RFC 3339 with any offset; written in UTC.
    static var instant: Schema<Instant> {
        .text(
            JSONSchema(["type": "string", "format": "date-time"]), allowed: "a time such as 2027-03-28T09:30:00Z",
            sample: { "2027-03-28T09:3\($0 % 10):00Z" }, parse: { Instant(rfc3339: $0) },
            write: { $1.value($0.description) })
    }
}

extension Schema where Value == Day {
    /// `YYYY-MM-DD`.
    static var day: Schema<Day> {
        .text(
            JSONSchema(["type": "string", "format": "date"]), allowed: "a date such as 2027-03-28",
            sample: { "2027-03-2\($0 % 9)" }, parse: { Day(iso8601: $0) }, write: { $1.value($0.description) })
    }
}

extension Schema where Value == Zone {
    /// An IANA name that this system knows.
    static var zone: Schema<Zone> {
        .text(
            JSONSchema(["type": "string", "examples": ["Europe/Berlin"]]), allowed: "an IANA time zone",
            sample: { ["Europe/Berlin", "America/New_York", "UTC"][$0 % 3] }, parse: { try? Zone(named: $0) },
            write: { $1.value($0.name) })
    }
}

extension Schema where Value == Weekday {
    /// `monday` … `sunday`.
    static var weekday: Schema<Weekday> {
        let words = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
        return .text(
            JSONSchema(["type": "string", "enum": .array(words.map { .string($0) })]),
            allowed: "one of \(words.joined(separator: ", "))", sample: { words[$0 % 7] },
            parse: { word in words.firstIndex(of: word).flatMap { Weekday(rawValue: $0 + 1) } },
            write: { $1.value(words[$0.rawValue - 1]) })
    }
}
