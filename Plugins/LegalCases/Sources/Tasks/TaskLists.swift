internal import PluginAPI

extension LegalCases {
    /// `GET /api/portal/tasks/`
    func portalTasks(_ asked: TasksAsked, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws
        -> Page<TaskListed>
    {
        let (rows, numbers) = try tx.tasks(
            asked, within: try tx.matters(within: .own(call.caller.id)), isForClient: true, today: today(call))
        return Page(rows.map { TaskListed($0, today: today(call)) }, numbers)
    }

    /// `GET /api/staff/tasks/`
    func staffTasks(_ asked: TasksAsked, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws
        -> Page<StaffTaskListed>
    {
        guard let reach = call.reach else { throw Problem.forbidden }
        let (rows, numbers) = try tx.tasks(
            asked, within: try tx.matters(within: reach), isForClient: false, today: today(call))
        var items: [StaffTaskListed] = []
        for row in rows {
            items.append(
                StaffTaskListed(
                    TaskListed(row, today: today(call)), side: row.side, assignee: try tx.named(row.assignee)))
        }
        return Page(items, numbers)
    }

    /// `GET /api/portal/tasks/{task_id}/`
    func portalTask(_ named: TaskNamed, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> TaskShown {
        guard let row = try tx.task(named.id) else { throw Problem.notFound }
        return try tx.shown(row, isForClient: true, today: today(call))
    }

    /// `GET /api/staff/tasks/{task_id}/`
    func staffTask(_ named: TaskNamed, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> StaffTask {
        guard let row = try tx.task(named.id) else { throw Problem.notFound }
        return try tx.staffTask(row, today: today(call))
    }
}

extension Reading where Self: ~Copyable {
    /// A page of tasks: the soonest due in front, those without a day behind.
    ///
    /// - Parameter matters: those whose tasks the caller sees; nil for all.
    borrowing func tasks(
        _ asked: TasksAsked, within matters: [Int]?, isForClient: Bool, today: Day
    ) throws(StoreError) -> ([TaskRow], PageNumbers) {
        var conditions: [SQL] = isForClient ? ["t.side = 'client'"] : []
        if let matters {
            conditions.append("t.matter_id IN \(SQL.numbers(matters))")
        }
        if let matter = asked.matter { conditions.append("t.matter_id = \(matter)") }
        if let status = asked.status { conditions.append("t.state IN \(SQL.list(status.states))") }
        if let overdue = asked.overdue {
            conditions.append(
                """
                (t.state IN \(SQL.list(TaskState.open)) AND t.due_date IS NOT NULL AND t.due_date < \(today.description))
                = \(overdue)
                """)
        }
        let (page, limit) = asked.range
        let rows: [TaskRow] = try all(
            TaskRow.select + (conditions.isEmpty ? "" : "WHERE" + SQL.joined(conditions, by: " AND "))
                + "ORDER BY t.due_date IS NULL, t.due_date, t.id LIMIT \(limit + 1) OFFSET \((page - 1) * limit)")
        let shown = Array(rows.prefix(limit))
        return (shown, PageNumbers(page: page, limit: limit, shown: shown.count, hasMore: rows.count > limit))
    }

    /// A task with its answers and documents.
    borrowing func shown(_ row: TaskRow, isForClient: Bool, today: Day) throws(StoreError) -> TaskShown {
        var answers: [TaskAnswerShown] = []
        for answer in try self.answers(to: row.id) {
            answers.append(
                TaskAnswerShown(
                    text: answer.text, by: try named(answer.by), at: answer.at, outcome: answer.outcome,
                    note: answer.note))
        }
        let documents = try documents(ofTask: row.id, isForClient: isForClient).map { DocumentListed($0) }
        return TaskShown(TaskListed(row, today: today), row, answers: answers, documents: documents)
    }

    borrowing func staffTask(_ row: TaskRow, today: Day) throws(StoreError) -> StaffTask {
        StaffTask(
            try shown(row, isForClient: false, today: today), side: row.side, assignee: try named(row.assignee),
            createdBy: try named(row.createdBy))
    }
}
