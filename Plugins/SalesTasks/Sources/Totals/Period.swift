internal import PluginAPI

/// The period that a dashboard is asked for.
struct PeriodAsked: Described {
    let startDate: LocalMoment?
    let endDate: LocalMoment?
    let timeZone: Zone

    static let schema = Schema<PeriodAsked>.object(
        PeriodAsked.init(startDate:endDate:timeZone:),
        Field(
            "startDate", \.startDate, .optional(LocalMoment.schema), in: .query,
            note:
                "The beginning; a day, or a time without an offset, is of the time zone. 30 days with today without it"),
        Field(
            "endDate", \.endDate, .optional(LocalMoment.schema), in: .query,
            note: "The end: a time is left out, a day is in it. The end of today without it"),
        Field("timeZone", \.timeZone, Zone.schema, in: .query, default: .utc, note: "An IANA name"))

    /// The period itself.
    ///
    /// - Throws: ``Problem`` when it ends before it begins.
    func range(now: Instant) throws(Problem) -> InstantRange {
        let end = endDate?.end(in: timeZone) ?? timeZone.startOfDay(timeZone.day(at: now) + 1)
        let start = startDate?.start(in: timeZone) ?? timeZone.startOfDay(timeZone.day(at: end - .seconds(1)) - 29)
        guard let range = InstantRange(start: start, end: end) else {
            throw .invalid("endDate", .range, "must not be before startDate")
        }
        return range
    }
}

/// What a dashboard is about; beside its data (seed 004).
struct DashboardMetadata: Described {
    let timeZone: Zone
    let period: Period

    /// A period in UTC.
    struct Period: Described {
        let start: Instant
        let end: Instant

        static let schema = Schema<Period>.object(
            Period.init(start:end:), Field("start", \.start, Instant.schema),
            Field("end", \.end, Instant.schema, note: "The first moment behind it"))
    }

    static let schema = Schema<DashboardMetadata>.object(
        DashboardMetadata.init(timeZone:period:), Field("timeZone", \.timeZone, Zone.schema),
        Field("period", \.period, Period.schema))
}
