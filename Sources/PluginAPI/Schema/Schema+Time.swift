public import Time

extension Instant: Described {
    /// RFC 3339, written in UTC.
    public static var schema: Schema<Instant> {
        .text(
            JSONSchema(["type": "string", "format": "date-time"]),
            allowed: "a date and time with its offset, such as 2025-08-28T10:30:00Z",
            sample: { "2025-08-28T10:3\($0 % 10):00Z" }, parse: { Instant(rfc3339: $0) }, write: { $1.value($0) })
    }

    /// Reads RFC 3339 as a query brings it: a `+` that arrived as a space, as it does when it was not escaped, is understood.
    public init?(inQuery text: String) { self.init(rfc3339: String(text.map { $0 == " " ? "+" : $0 })) }
}

extension Day: Described {
    /// `2025-08-28`
    public static var schema: Schema<Day> {
        .text(
            JSONSchema(["type": "string", "format": "date"]), allowed: "a day such as 2025-08-28",
            sample: { "2025-08-2\($0 % 9 + 1)" }, parse: { Day(iso8601: $0) }, write: { $1.value($0.description) })
    }
}

extension TimeOfDay: Described {
    /// `09:30`, or `09:30:15`.
    public static var schema: Schema<TimeOfDay> {
        .text(
            JSONSchema(["type": "string", "pattern": "^[0-2][0-9]:[0-5][0-9](:[0-5][0-9])?$"]),
            allowed: "a time of day such as 09:30", sample: { "0\($0 % 10):30" }, parse: { TimeOfDay(iso8601: $0) },
            write: { $1.value($0.description) })
    }
}

extension Weekday: Described {
    /// `monday` … `sunday`.
    public static var schema: Schema<Weekday> {
        let names = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
        return .text(
            JSONSchema(["type": "string", "enum": .array(names.map { .string($0) })]),
            allowed: "one of \(names.joined(separator: ", "))", sample: { names[$0 % 7] },
            parse: { text in names.firstIndex(of: text).flatMap { Weekday(rawValue: $0 + 1) } },
            write: { $1.value(names[$0.rawValue - 1]) })
    }
}

extension Zone: Described {
    /// The name of an IANA time zone.
    public static var schema: Schema<Zone> {
        .text(
            JSONSchema(["type": "string", "examples": ["Europe/Berlin"]]),
            allowed: "the name of an IANA time zone such as Europe/Berlin", sample: { _ in "UTC" },
            parse: { try? Zone(named: $0) }, write: { $1.value($0.name) })
    }
}
