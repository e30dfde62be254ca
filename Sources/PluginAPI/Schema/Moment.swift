public import Time

/// A bound in time as a query gives it: an instant, or a day of a calendar, whose zone is known where it is used.
public enum Moment: Sendable, Equatable {
    case instant(Instant)
    case day(Day)

    /// Reads RFC 3339 or `YYYY-MM-DD`.
    public init?(_ text: String) {
        if let day = Day(iso8601: text) {
            self = .day(day)
        } else if let instant = Instant(inQuery: text) {
            self = .instant(instant)
        } else {
            return nil
        }
    }

    /// The first instant within, as a lower bound: a day begins when it begins in the zone.
    public func start(in zone: Zone) -> Instant {
        switch self {
        case .instant(let instant): instant
        case .day(let day): zone.startOfDay(day)
        }
    }

    /// The first instant behind, as an upper bound: an instant itself is left out, a day is in it as a whole.
    public func end(in zone: Zone) -> Instant {
        switch self {
        case .instant(let instant): instant
        case .day(let day): zone.startOfDay(day + 1)
        }
    }
}

extension Moment: CustomStringConvertible {
    public var description: String {
        switch self {
        case .instant(let instant): instant.description
        case .day(let day): day.description
        }
    }
}

extension Moment: Described {
    public static let schema = Schema<Moment>.text(
        JSONSchema(["type": "string", "examples": ["2027-03-28", "2027-03-28T09:30:00Z"]]),
        allowed: "a date such as 2027-03-28 or a time such as 2027-03-28T09:30:00Z",
        sample: { $0 % 2 == 0 ? "2027-03-28" : "2027-03-28T09:30:00Z" }, parse: { Moment($0) },
        write: { $1.value($0.description) })
}
