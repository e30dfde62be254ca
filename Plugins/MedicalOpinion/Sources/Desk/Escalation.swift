internal import PluginAPI

/// What happens when a case is late.
extension MedicalOpinion {
    static let caseDue = JobName<CaseNumbered>("case-due")
    static let caseStillDue = JobName<CaseNumbered>("case-still-due")

    /// The time of a case has run out: it stands in front of the queue, and whoever works on it and the desk are told. Where
    /// the customer has a case manager of their own, that one hears of it first.
    func caseDue(_ due: CaseNumbered, _ tx: borrowing Transaction, _ context: WorkContext) throws {
        guard let row = try tx.secondOpinion(due.caseNumber), let dueAt = row.dueAt, dueAt <= tx.now,
            row.escalatedAt == nil
        else { return }
        try tx.run("UPDATE medicalopinion_case SET escalated_at = \(tx.now.microseconds) WHERE id = \(row.id)")
        try tx.audit(AuditEntry("case.escalated", on: row.subject))
        let desk = try desk(for: row, tx)
        try tellOverdue(row, to: desk + [row.expert].compactMap { $0 }, tx)
        if try caseManager(of: row.person, tx) != nil {
            try tx.schedule(
                Self.caseStillDue, at: tx.now + .seconds(settings.escalationHours * 3600), key: row.id,
                CaseNumbered(caseNumber: row.number))
        }
    }

    /// A case is late still, though its case manager was told: now the others are, too.
    func caseStillDue(_ due: CaseNumbered, _ tx: borrowing Transaction, _ context: WorkContext) throws {
        guard let row = try tx.secondOpinion(due.caseNumber), let dueAt = row.dueAt, dueAt <= tx.now,
            let escalatedAt = row.escalatedAt,
            escalatedAt + .seconds(settings.escalationHours * 3600) <= tx.now
        else { return }
        let manager = try caseManager(of: row.person, tx)
        let others = try caseManagers(tx).filter { $0 != manager }
        try tellOverdue(row, to: others, tx)
        try tx.audit(AuditEntry("case.escalated-further", on: row.subject))
    }

    /// A case was given back: whoever looks for another expert is told, unless they did it themselves.
    func tellReleased(_ row: CaseRow, by person: PersonID?, _ tx: borrowing Transaction) throws {
        for manager in try desk(for: row, tx) where manager != person {
            try tx.notify(
                Notice(
                    .caseReleased, to: manager, about: row.subject,
                    ["tenant": services.tenant.name, "caseNumber": row.number]))
        }
    }

    private func tellOverdue(_ row: CaseRow, to people: [PersonID], _ tx: borrowing Transaction) throws {
        for person in Set(people) {
            try tx.notify(
                Notice(
                    .caseOverdue, to: person, about: row.subject,
                    ["tenant": services.tenant.name, "caseNumber": row.number]))
        }
    }
}

extension NoticeType {
    static let caseCameIn = NoticeType(
        "case-came-in", "A customer of one's own has sent a case.", category: .caseUpdates, channels: [.email, .push],
        placeholders: ["tenant", "caseNumber"],
        texts: [
            "en": Text(
                subject: "A new case {caseNumber}", body: "{tenant}: a customer of yours has sent case {caseNumber}.")
        ])

    static let caseReleased = NoticeType(
        "case-released", "An expert has given a case back.", category: .caseUpdates, channels: [.email, .push],
        placeholders: ["tenant", "caseNumber"],
        texts: [
            "en": Text(
                subject: "Case {caseNumber} needs an expert",
                body: "{tenant}: case {caseNumber} was given back and needs another expert.")
        ])
}
