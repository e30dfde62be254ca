internal import PluginAPI

extension LegalCases {
    /// What goes with every change of a deadline, in its transaction.
    func announce(
        _ deadline: Deadline, of matter: Matter, _ action: String, _ zone: Zone, _ tx: borrowing Transaction
    ) throws(StoreError) {
        let subject = matter.subject("deadline", deadline.id)
        try tx.publish(
            DeadlineChanged(
                deadlineID: deadline.id, caseID: matter.id, dueDate: deadline.dueDate, status: deadline.state),
            about: subject, to: Self.audience(matter, withClient: false))
        try tx.audit(
            AuditEntry(
                action, on: subject,
                details: [
                    "title": .string(deadline.title), "dueDate": .string(deadline.dueDate.description),
                    "status": .string(deadline.state.rawValue),
                ]))
        try remind(of: deadline, in: matter, zone, tx)
    }

    /// Asks for the reminders of all deadlines of a case anew, once its team is another.
    func remindOfDeadlines(of matter: Matter, _ zone: Zone, _ tx: borrowing Transaction) throws(StoreError) {
        for deadline in try tx.deadlines(of: matter.id) { try remind(of: deadline, in: matter, zone, tx) }
    }

    /// Reminders go at nine by the firm's clock to everybody of the team.
    private func remind(of deadline: Deadline, in matter: Matter, _ zone: Zone, _ tx: borrowing Transaction)
        throws(StoreError)
    {
        let key = "deadline-\(deadline.id)"
        try tx.withdrawNotices(key: key)
        guard deadline.state == .open, matter.takesNew else { return }
        let words = [
            "case": matter.title, "number": matter.number, "deadline": deadline.title,
            "due": deadline.dueDate.description,
        ]
        for days in Set(settings.deadlineReminderDays).sorted() {
            let moment = zone.startOfDay(deadline.dueDate + -days) + .seconds(9 * 3600)
            guard moment > tx.now else { continue }
            for person in Self.others(matter.team, than: nil) {
                try tx.notify(
                    Notice(
                        .deadlineDue, to: person, about: matter.subject("deadline", deadline.id), words,
                        notBefore: moment, notAfter: zone.startOfDay(deadline.dueDate + 1), key: key))
            }
        }
    }
}

extension Reading where Self: ~Copyable {
    borrowing func deadline(_ id: Int) throws(StoreError) -> Deadline? {
        try first("SELECT * FROM legalcases_deadline WHERE id = \(id)")
    }

    /// The deadlines of a case, the next in front.
    borrowing func deadlines(of matter: Int) throws(StoreError) -> [Deadline] {
        try all("SELECT * FROM legalcases_deadline WHERE matter_id = \(matter) ORDER BY due_date, id LIMIT 500")
    }
}
