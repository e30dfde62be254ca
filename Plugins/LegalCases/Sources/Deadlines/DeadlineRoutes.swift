internal import PluginAPI

extension LegalCases {
    static let deadlineRoutes: [Route<Self>] = [
        .get(
            "/api/staff/deadlines/", .reading(Self.deadlines), needs: .listing(.readCases),
            "Deadlines of the caller's cases, the next in front."),
        .get(
            "/api/staff/cases/{case_id}/deadlines/", .reading(Self.deadlinesOfCase),
            needs: .permission(.readCases, of: Self.caseSubject), "A case's deadlines."),
        .post(
            "/api/staff/cases/{case_id}/deadlines/", .transactional(Self.addDeadline),
            needs: .permission(.writeCases, of: Self.caseSubject), refuses: [CaseRefusal.self],
            "Sets a deadline: a day, or so many days from an event, by the firm's working days."),
        .patch(
            "/api/staff/cases/{case_id}/deadlines/{deadline_id}/", .transactional(Self.changeDeadline),
            needs: .permission(.writeCases, of: Self.caseSubject), refuses: [CaseRefusal.self],
            "Moves a deadline, or says that it was kept or does not matter any more."),
    ]
    /// `GET /api/staff/deadlines/`
    func deadlines(_ asked: DeadlinesAsked, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws
        -> Page<DeadlineShown>
    {
        guard let reach = call.reach else { throw Problem.forbidden }
        var conditions: [SQL] = []
        if let matters = try tx.matters(within: reach) {
            conditions.append("matter_id IN \(SQL.numbers(matters))")
        }
        if let from = asked.from { conditions.append("due_date >= \(from.description)") }
        if let to = asked.to { conditions.append("due_date <= \(to.description)") }
        if let state = asked.state { conditions.append("state = \(state)") }
        let filter: SQL = conditions.isEmpty ? "" : "WHERE" + SQL.joined(conditions, by: " AND ")
        let total: Int = try tx.value("SELECT count(*) FROM legalcases_deadline" + filter) ?? 0
        let rows: [Deadline] = try tx.all(
            "SELECT * FROM legalcases_deadline" + filter + "ORDER BY due_date, id" + asked.paging.rows)
        var items: [DeadlineShown] = []
        for row in rows {
            if let matter = try tx.matter(row.matter) {
                items.append(DeadlineShown(row, of: matter, today: today(call)))
            }
        }
        return asked.paging.of(items, total: total)
    }

    /// `GET /api/staff/cases/{case_id}/deadlines/`
    func deadlinesOfCase(_ named: CaseNamed, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws
        -> [DeadlineShown]
    {
        guard let matter = try tx.matter(named.id) else { throw Problem.notFound }
        return try tx.deadlines(of: matter.id).map { DeadlineShown($0, of: matter, today: today(call)) }
    }

    /// `POST /api/staff/cases/{case_id}/deadlines/`
    func addDeadline(_ new: NewDeadline, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> DeadlineShown {
        guard let matter = try tx.matter(new.id) else { throw Problem.notFound }
        guard matter.takesNew else { throw CaseRefusal.closed }
        let due: Day
        var isCounted = false
        switch (new.dueDate, new.triggerDate, new.days) {
        case (let day?, nil, nil): due = day
        case (nil, let event?, let days?):
            due = settings.calendar.end(of: days, from: event, counting: new.counting)
            isCounted = true
        case (_?, _, _):
            throw Problem.invalid("due_date", .notAllowed, "must not be there beside trigger_date and days")
        case (nil, nil, _): throw Problem.invalid("due_date", .missing, "is required, or trigger_date and days")
        case (nil, _?, nil): throw Problem.invalid("days", .missing, "is required beside trigger_date")
        }
        let id: Int? = try tx.value(
            """
            INSERT INTO legalcases_deadline (matter_id, title, due_date, trigger_date, days, counting, state, created_by,
                created_at, updated_at)
            VALUES (\(matter.id), \(new.title), \(due.description), \(new.triggerDate?.description), \(new.days),
                \(isCounted ? new.counting : nil), 'open', \(call.caller.principal.person), \(tx.now.microseconds),
                \(tx.now.microseconds))
            RETURNING id
            """)
        guard let id, let deadline = try tx.deadline(id) else { throw Problem.fault }
        try announce(deadline, of: matter, "deadline.set", call.tenant.zone, tx)
        return DeadlineShown(deadline, of: matter, today: today(call))
    }

    /// `PATCH /api/staff/cases/{case_id}/deadlines/{deadline_id}/`
    func changeDeadline(_ change: DeadlineChange, _ tx: borrowing Transaction, _ call: Call<Member>) throws
        -> DeadlineShown
    {
        guard let matter = try tx.matter(change.id), let old = try tx.deadline(change.deadline),
            old.matter == matter.id
        else { throw Problem.notFound }
        guard matter.state != .archived else { throw CaseRefusal.closed }
        if change.title == .clear { throw Problem.invalid("title", .missing, "must not be empty") }
        if change.dueDate == .clear { throw Problem.invalid("due_date", .missing, "must not be empty") }
        if change.state == .clear { throw Problem.invalid("status", .missing, "must not be empty") }
        let due = change.dueDate.applied(to: old.dueDate) ?? old.dueDate
        try tx.run(
            """
            UPDATE legalcases_deadline SET title = \(change.title.applied(to: old.title) ?? old.title),
                due_date = \(due.description), state = \(change.state.applied(to: old.state) ?? old.state),
                updated_at = \(tx.now.microseconds)
            WHERE id = \(old.id)
            """)
        guard let deadline = try tx.deadline(old.id) else { throw Problem.fault }
        try announce(deadline, of: matter, "deadline.changed", call.tenant.zone, tx)
        return DeadlineShown(deadline, of: matter, today: today(call))
    }
}

extension Settings {
    /// On which days the firm works.
    var calendar: BusinessCalendar { BusinessCalendar(weekend: weekend, holidays: holidays) }
}
