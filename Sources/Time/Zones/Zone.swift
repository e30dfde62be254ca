/// A time zone of the IANA database: what clocks showed, show and will show in a place. Cheap to copy (one reference),
/// immutable: a reload of the database does not change zones that were already looked up. Equal by name.
public struct Zone: Sendable {
    let rules: ZoneRules

    init(_ rules: ZoneRules) { self.rules = rules }

    /// The zone of this IANA name, such as `Europe/Oslo`, from the system's database (`ZoneDatabase.system`).
    public init(named name: String) throws(UnknownZone) { self = try ZoneDatabase.system.zone(named: name) }

    /// Coordinated Universal Time; needs no database.
    public static let utc = Zone(
        ZoneRules(
            name: "UTC", transitions: [], typeAfter: [],
            types: [LocalType(offset: 0, isDaylight: false, abbreviation: "UTC")], footer: nil))

    /// The name it was looked up by, such as `Europe/Oslo`.
    public var name: String { rules.name }

    /// Seconds that local time is ahead of UTC at `instant`: 3600 in Oslo in winter, negative west of Greenwich.
    public func offset(at instant: Instant) -> Int { rules.types[rules.typeIndex(at: instant.seconds)].offset }

    /// The abbreviation in use at `instant`: `CEST`, or digits such as `-03` where English has no word.
    public func abbreviation(at instant: Instant) -> String {
        rules.types[rules.typeIndex(at: instant.seconds)].abbreviation
    }

    /// Whether what the zone calls daylight saving time is in force at `instant`. In Dublin that is winter, by Irish
    /// law.
    public func isDaylight(at instant: Instant) -> Bool {
        rules.types[rules.typeIndex(at: instant.seconds)].isDaylight
    }

    /// The first instant after `instant` from which offset, abbreviation or daylight saving differ; nil where none is
    /// known.
    public func nextTransition(after instant: Instant) -> Instant? {
        guard let seconds = rules.nextChange(after: instant.seconds), seconds <= Instant.maximum.seconds else {
            return nil
        }
        return Instant(seconds: seconds)
    }

    /// What a clock in this zone shows at `instant`; at the very ends of the calendar the first or last local time.
    public func localTime(at instant: Instant) -> LocalTime {
        LocalTime(microseconds: instant.microseconds + Int64(offset(at: instant)) * 1_000_000)
    }

    /// The day a calendar in this zone shows at `instant`.
    public func day(at instant: Instant) -> Day { localTime(at: instant).day }
}

extension Zone: Hashable {
    /// Whether both have the same name.
    public static func == (left: Zone, right: Zone) -> Bool {
        left.rules === right.rules || left.rules.name == right.rules.name
    }

    /// Hashes the name.
    public func hash(into hasher: inout Hasher) { hasher.combine(rules.name) }
}

extension Zone: CustomStringConvertible {
    /// The name.
    public var description: String { name }
}
