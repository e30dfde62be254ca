internal import PluginAPI

extension Appointments {
    /// `GET /api/customer/appointments`, `GET /portal/appointments`: the caller's own.
    func appointments(_ asked: AppointmentsAsked, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws
        -> Page<Appointment>
    {
        let reach = call.reach?.condition(owner: "a.person_id", branch: "a.branch_id") ?? "1 = 0"
        let conditions: [SQL] = ["a.person_id = \(call.caller.id)", reach] + asked.conditions(now: call.now)
        let filter = "WHERE" + SQL.joined(conditions, by: " AND ")
        let total: Int = try tx.value("SELECT count(*) FROM appointments_appointment a" + filter) ?? 0
        let order: SQL = asked.scope == .upcoming ? "ORDER BY a.start_at, a.id" : "ORDER BY a.start_at DESC, a.id DESC"
        let limit: SQL = "LIMIT \(asked.limit) OFFSET \((asked.page - 1) * asked.limit)"
        let rows: [AppointmentRow] = try tx.all(AppointmentRow.select + filter + order + limit)
        return Page(
            rows.map(\.appointment), PageNumbers(page: asked.page, limit: asked.limit, total: total))
    }
}

/// The input of lists of appointments.
struct AppointmentsAsked: Described {
    let status: [AppointmentStatus]?
    let scope: AppointmentScope?
    let from: Moment?
    let to: Moment?
    let page: Int
    let limit: Int

    static let schema = Schema<AppointmentsAsked>.object(
        AppointmentsAsked.init(status:scope:from:to:page:limit:),
        Field(
            "status", \.status, .optional(.list(.oneOf, 1...4)), in: .query, note: "One or more, with commas between"),
        Field(
            "scope", \.scope, .optional(.oneOf), in: .query,
            note: "upcoming: not over and not cancelled, the next first; past: over, the latest first"),
        Field(
            "from", \.from, .optional(Moment.schema), in: .query,
            note: "Starting at a time or later, or on a day of the branch's calendar or later"),
        Field(
            "to", \.to, .optional(Moment.schema), in: .query,
            note: "Starting before a time, or on a day of the branch's calendar or earlier"),
        Field("page", \.page, Paging.number, in: .query, default: 1),
        Field("limit", \.limit, Paging.limit, in: .query, default: 20))

    /// What a row must fulfil.
    func conditions(now: Instant) -> [SQL] {
        var conditions = Self.conditions(status: status, from: from, to: to)
        switch scope {
        case .upcoming:
            conditions.append(
                "a.end_at > \(now.microseconds) AND a.state IN \(SQL.list(AppointmentState.occupying))")
        case .past: conditions.append("a.end_at <= \(now.microseconds)")
        case nil: break
        }
        return conditions
    }

    /// What a row must fulfil to have one of the wire's words and to start within a time; holds are no visits.
    static func conditions(status: [AppointmentStatus]?, from: Moment?, to: Moment?) -> [SQL] {
        var conditions: [SQL] = ["a.state <> 'held'"]
        if let status { conditions.append("a.state IN \(SQL.list(status.flatMap(\.states)))") }
        switch from {
        case .instant(let instant): conditions.append("a.start_at >= \(instant.microseconds)")
        case .day(let day): conditions.append("a.start_day >= \(day.description)")
        case nil: break
        }
        switch to {
        case .instant(let instant): conditions.append("a.start_at < \(instant.microseconds)")
        case .day(let day): conditions.append("a.start_day <= \(day.description)")
        case nil: break
        }
        return conditions
    }
}

/// Which part of a person's appointments.
enum AppointmentScope: String, CaseIterable, Sendable { case upcoming, past }
