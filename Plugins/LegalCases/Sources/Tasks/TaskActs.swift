internal import PluginAPI

extension LegalCases {
    /// `POST /api/staff/tasks/`
    func addTask(_ new: TaskToAdd, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> StaffTask {
        guard let reach = call.reach, let matter = try tx.matter(new.matter),
            reach.covers(matter.subject("case", matter.id))
        else { throw Problem.noSuchCase }
        guard matter.takesNew else { throw TaskRefusal.caseClosed }
        try Self.check(new.assignee, for: new.side, in: matter)
        let row = try add(
            NewTask(
                matter: matter.id, client: matter.client, title: new.title, description: new.description,
                side: new.side,
                assignee: new.assignee, dueDate: new.dueDate, template: nil, by: call.caller.principal.person),
            to: matter, in: call.tenant.zone, tx)
        return try tx.staffTask(row, today: today(call))
    }

    /// Adds a task and tells whoever has to do it.
    func add(_ new: NewTask, to matter: Matter, in zone: Zone, _ tx: borrowing Transaction) throws -> TaskRow {
        let row = try tx.add(new)
        try announceAssigned(row, of: matter, in: zone, tx)
        return row
    }

    /// `PATCH /api/staff/tasks/{task_id}/`
    func changeTask(_ change: TaskChange, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> StaffTask {
        let (row, matter) = try found(change.id, tx)
        guard row.state.isOpen else { throw TaskRefusal.notNow }
        if case .clear = change.title { throw Problem.invalid("title", .missing, "must not be empty") }
        let assignee = change.assignee.applied(to: row.assignee)
        if change.assignee != .keep { try Self.check(assignee, for: row.side, in: matter) }
        try tx.run(
            """
            UPDATE legalcases_task SET title = \(change.title.applied(to: row.title) ?? row.title),
                description = \(change.description.applied(to: row.description) ?? ""), assignee = \(assignee),
                due_date = \(change.dueDate.applied(to: row.dueDate)?.description), updated_at = \(tx.now.microseconds)
            WHERE id = \(row.id)
            """)
        guard let changed = try tx.task(row.id) else { throw Problem.fault }
        try announceChanged(changed, from: row, of: matter, in: call.tenant.zone, tx)
        return try tx.staffTask(changed, today: today(call))
    }

    /// `POST /api/portal/tasks/{task_id}/start/`
    func startTask(_ named: TaskNamed, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> TaskShown {
        let (row, matter) = try found(named.id, tx)
        let moved = try tx.move(row, .start)
        try announceMoved(moved, from: row, of: matter, by: call.caller.id, in: call.tenant.zone, tx)
        return try tx.shown(moved, isForClient: true, today: today(call))
    }

    /// `POST /api/portal/tasks/{task_id}/complete/`
    func completeTask(_ answer: TaskToComplete, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> TaskShown {
        let (row, matter) = try found(answer.id, tx)
        let moved = try submit(row, answer, of: matter, by: call.caller.id, isClient: true, in: call.tenant.zone, tx)
        return try tx.shown(moved, isForClient: true, today: today(call))
    }

    /// `POST /api/staff/tasks/{task_id}/submit/`
    func submitTask(_ answer: TaskToComplete, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> StaffTask {
        let (row, matter) = try found(answer.id, tx)
        let person = call.caller.principal.person
        let moved = try submit(row, answer, of: matter, by: person, isClient: false, in: call.tenant.zone, tx)
        return try tx.staffTask(moved, today: today(call))
    }

    /// `POST /api/staff/tasks/{task_id}/return/`
    func returnTask(_ asked: TaskToReturn, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> StaffTask {
        try act(.giveBack, on: asked.id, note: asked.note, tx, call)
    }

    /// Moves a task on, as the staff do.
    func act(
        _ act: TaskState.Act, on id: Int, note: String?, _ tx: borrowing Transaction, _ call: Call<Member>
    ) throws -> StaffTask {
        let (row, matter) = try found(id, tx)
        let person = call.caller.principal.person
        let moved = try tx.move(row, act)
        if moved.state == .accepted || moved.state == .returned {
            try tx.run(
                """
                UPDATE legalcases_task_answer SET outcome = \(moved.state), note = \(note), reviewed_by = \(person),
                    reviewed_at = \(tx.now.microseconds)
                WHERE task_id = \(id) AND outcome IS NULL
                """)
        }
        try announceMoved(moved, from: row, of: matter, by: person, in: call.tenant.zone, tx)
        return try tx.staffTask(moved, today: today(call))
    }

    private func found(_ id: Int, _ tx: borrowing Transaction) throws -> (TaskRow, Matter) {
        guard let row = try tx.task(id), let matter = try tx.matter(row.matter) else { throw Problem.notFound }
        return (row, matter)
    }

    /// Whoever has to do a task of the staff works on its case.
    private static func check(_ assignee: PersonID?, for side: TaskSide, in matter: Matter) throws {
        guard let assignee else { return }
        guard side == .staff else {
            throw Problem.invalid("assignee", .notAllowed, "must not be there: the client has to do it")
        }
        guard matter.team.contains(assignee) else {
            throw Problem.invalid("assignee", .notAllowed, "must be the id of somebody of the case's team")
        }
    }
}
