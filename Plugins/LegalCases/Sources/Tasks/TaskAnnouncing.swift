internal import PluginAPI

/// What goes with every change of a task, in its transaction: an event, an audit entry, messages, reminders.
extension LegalCases {
    /// A task was set.
    func announceAssigned(_ row: TaskRow, of matter: Matter, in zone: Zone, _ tx: borrowing Transaction)
        throws(StoreError)
    {
        try tx.publish(
            TaskAssigned(task: TaskFacts(row)), about: matter.subject("task", row.id), to: Self.audience(row, matter))
        try tx.audit(AuditEntry("task.assigned", on: matter.subject("task", row.id), details: row.facts))
        if let doer = row.doer(in: matter), doer != row.createdBy {
            try tx.notify(Notice(.taskAssigned, to: doer, about: matter.subject("task", row.id), row.words))
        }
        try remind(row, of: matter, in: zone, tx)
    }

    /// What is known of a task was changed.
    func announceChanged(
        _ row: TaskRow, from old: TaskRow, of matter: Matter, in zone: Zone, _ tx: borrowing Transaction
    ) throws(StoreError) {
        try tx.publish(
            TaskChanged(task: TaskFacts(row)), about: matter.subject("task", row.id), to: Self.audience(row, matter))
        try tx.audit(
            AuditEntry("task.changed", on: matter.subject("task", row.id), before: old.facts, after: row.facts))
        if let doer = row.doer(in: matter) {
            let type: NoticeType = doer == old.doer(in: matter) ? .taskChanged : .taskAssigned
            try tx.notify(Notice(type, to: doer, about: matter.subject("task", row.id), row.words))
        }
        try remind(row, of: matter, in: zone, tx)
    }

    /// A task has moved on.
    func announceMoved(
        _ row: TaskRow, from old: TaskRow, of matter: Matter, by person: PersonID, in zone: Zone,
        _ tx: borrowing Transaction
    ) throws(StoreError) {
        let subject = matter.subject("task", row.id)
        try tx.publish(TaskChanged(task: TaskFacts(row)), about: subject, to: Self.audience(row, matter))
        try tx.audit(
            AuditEntry(
                "task.\(row.state.rawValue)", on: subject, before: ["state": .string(old.state.rawValue)],
                after: ["state": .string(row.state.rawValue)]))
        switch row.state {
        case .submitted:
            let lookers = row.side == .client ? Array(matter.team) : row.createdBy.map { [$0] } ?? []
            for looker in Self.others(Set(lookers), than: person) {
                try tx.notify(Notice(.taskSubmitted, to: looker, about: subject, row.words))
            }
        case .returned: try tellDoer(.taskReturned, row, of: matter, by: person, tx)
        case .accepted: try tellDoer(.taskAccepted, row, of: matter, by: person, tx)
        case .cancelled: try tellDoer(.taskCancelled, row, of: matter, by: person, tx)
        case .pending: try tellDoer(.taskAssigned, row, of: matter, by: person, tx)
        case .inProgress: break
        }
        try remind(row, of: matter, in: zone, tx)
    }

    private func tellDoer(
        _ type: NoticeType, _ row: TaskRow, of matter: Matter, by person: PersonID, _ tx: borrowing Transaction
    ) throws(StoreError) {
        guard let doer = row.doer(in: matter), doer != person else { return }
        try tx.notify(Notice(type, to: doer, about: matter.subject("task", row.id), row.words))
    }

    /// Asks for the reminders of a task anew: before its day at nine by the firm's clock, and to the team once it is over.
    private func remind(_ row: TaskRow, of matter: Matter, in zone: Zone, _ tx: borrowing Transaction)
        throws(StoreError)
    {
        let key = "task-\(row.id)"
        try tx.withdrawNotices(key: key)
        guard row.state.isOpen, matter.takesNew, let due = row.dueDate else { return }
        let subject = matter.subject("task", row.id)
        let end = zone.startOfDay(due + 1)
        if let doer = row.doer(in: matter) {
            for days in Set(settings.taskReminderDays).sorted() {
                let moment = zone.startOfDay(due + -days) + .seconds(9 * 3600)
                guard moment > tx.now else { continue }
                try tx.notify(
                    Notice(
                        .taskDue, to: doer, about: subject, row.words, notBefore: moment, notAfter: end, key: key))
            }
        }
        let late = end + .seconds(9 * 3600)
        guard late > tx.now else { return }
        for member in Self.others(matter.team, than: nil) {
            try tx.notify(Notice(.taskOverdue, to: member, about: subject, row.words, notBefore: late, key: key))
        }
    }

    /// Asks for the reminders of a case's tasks anew, when its team has changed, or it was closed or opened again.
    func remindOfTasks(of matter: Matter, in zone: Zone, _ tx: borrowing Transaction) throws(StoreError) {
        let open: [TaskRow] = try tx.all(
            TaskRow.select
                + "WHERE t.matter_id = \(matter.id) AND t.due_date IS NOT NULL AND t.state IN \(SQL.list(TaskState.open))"
        )
        for row in open { try remind(row, of: matter, in: zone, tx) }
    }

    private static func audience(_ row: TaskRow, _ matter: Matter) -> Audience {
        audience(matter, withClient: row.side == .client)
    }
}

extension TaskRow {
    /// Who has to do it; nil for anybody of the team.
    func doer(in matter: Matter) -> PersonID? { side == .client ? matter.client : assignee }

    /// For messages.
    fileprivate var words: [String: String] {
        ["task": title, "case": matterTitle, "due": dueDate?.description ?? "—"]
    }

    /// For the audit log.
    fileprivate var facts: JSON {
        [
            "case": .integer(Int64(matter)), "title": .string(title), "description": .string(description),
            "side": .string(side.rawValue), "assignee": assignee.map { .string($0.rawValue) } ?? .null,
            "dueDate": dueDate.map { .string($0.description) } ?? .null,
        ]
    }
}
