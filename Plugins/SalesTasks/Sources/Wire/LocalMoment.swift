internal import PluginAPI

/// A bound in time as a query gives it: an instant, or a local time or a day of the zone that is asked for.
enum LocalMoment: Sendable, Equatable {
    case instant(Instant)
    case local(LocalTime)
    case day(Day)

    /// Reads RFC 3339, the same without an offset, or `YYYY-MM-DD`.
    init?(_ text: String) {
        if let day = Day(iso8601: text) {
            self = .day(day)
        } else if let instant = Instant(inQuery: text) {
            self = .instant(instant)
        } else if let local = LocalTime(iso8601: text) {
            self = .local(local)
        } else {
            return nil
        }
    }

    /// As the beginning of a period.
    func start(in zone: Zone) -> Instant {
        switch self {
        case .instant(let instant): instant
        case .local(let local): zone.firstInstant(notBefore: local)
        case .day(let day): zone.startOfDay(day)
        }
    }

    /// As the first instant behind a period: a day is in it as a whole.
    func end(in zone: Zone) -> Instant {
        if case .day(let day) = self { zone.startOfDay(day + 1) } else { start(in: zone) }
    }
}

extension LocalMoment: Described {
    static let schema = Schema<LocalMoment>.text(
        JSONSchema(["type": "string", "examples": ["2027-03-28T09:30:00Z", "2027-03-28"]]),
        allowed: "a date and time such as 2027-03-28T09:30:00Z, or a day such as 2027-03-28",
        sample: { $0 % 2 == 0 ? "2027-03-28" : "2027-03-28T09:30:00Z" }, parse: { LocalMoment($0) },
        write: { moment, writer in
            switch moment {
            case .instant(let instant): writer.value(instant)
            case .local(let local): writer.value(local.description)
            case .day(let day): writer.value(day.description)
            }
        })
}
