internal import PluginAPI

extension MedicalOpinion {
    static let timelineRoutes: [Route<Self>] = [
        .get(
            "/v1/portal/journey/timeline", .reading(Self.timeline), needs: .own(.readJourney),
            "What happened to the caller, in the order in which it happened.")
    ]

    func timeline(_ asked: TimelineAsked, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws
        -> Paged<Timeline>
    {
        let zone = services.tenant.zone
        let to = asked.to?.end(in: zone) ?? tx.now + .seconds(1)
        let from = asked.from?.start(in: zone) ?? (asked.to?.end(in: zone) ?? tx.now) - .seconds(30 * 86_400)
        guard from <= to else { throw Problem.invalid("from", .range, "must not be after to") }
        var condition: SQL = """
            person_id = \(call.caller.id) AND at >= \(from.microseconds) AND at < \(to.microseconds)
            """
        if let types = asked.types, !types.isEmpty {
            condition = condition + "AND kind IN \(SQL.list(types.map(\.rawValue)))"
        }
        let total: Int = try tx.value("SELECT count(*) FROM medicalopinion_lifecycle_event WHERE \(condition)") ?? 0
        let direction: SQL = asked.order == .asc ? "ORDER BY at, seq" : "ORDER BY at DESC, seq DESC"
        let activities: [Activity] = try tx.all(
            """
            SELECT id, kind, at, case_number, details FROM medicalopinion_lifecycle_event WHERE \(condition)
            \(direction) LIMIT \(asked.limit) OFFSET \((asked.page - 1) * asked.limit)
            """)
        let numbers = PageNumbers(page: asked.page, limit: asked.limit, total: total)
        return Paged(whole: Timeline(activities: activities, pagination: PageShown(numbers)), numbers: numbers)
    }
}

/// Which part of the timeline is asked for.
struct TimelineAsked: Described {
    enum Order: String, CaseIterable, Sendable { case asc, desc }

    let from: Moment?
    let to: Moment?
    let page: Int
    let limit: Int
    let types: [LifecycleEvent.Kind]?
    let order: Order

    static let schema = Schema<TimelineAsked>.object(
        TimelineAsked.init(from:to:page:limit:types:order:),
        Field("from", \.from, .optional(Moment.schema), in: .query, note: "30 days before `to` unless given"),
        Field("to", \.to, .optional(Moment.schema), in: .query, note: "Now unless given"),
        Field("page", \.page, .int(1...1_000_000), in: .query, default: 1),
        Field("limit", \.limit, .int(1...100), in: .query, default: 50),
        Field(
            "types", \.types, .optional(.list(.oneOf, 0...100)), in: .query,
            note: "Kinds of activities, repeated or separated by commas"),
        Field("order", \.order, .oneOf, in: .query, default: .asc, note: "By time, the first in front or the last"))
}
