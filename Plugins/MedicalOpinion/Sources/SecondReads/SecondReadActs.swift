internal import PluginAPI

/// Asking a second expert, their signature, and its release to the customer.
extension MedicalOpinion {
    func askSecondReader(_ new: Assignment, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> SecondReadShown
    {
        guard var row = try tx.secondOpinion(new.caseNumber), row.state != .draft else { throw Problem.notFound }
        let expert = new.professionalId
        let isActive: Bool? = try tx.value("SELECT is_active FROM medicalopinion_expert WHERE person_id = \(expert)")
        guard isActive == true, expert != row.person else {
            throw Problem.invalid("professionalId", .notAllowed, "must be the id of an active professional")
        }
        guard expert != row.expert else { throw SecondReadRefusal.sameExpert }
        try requirePossible(expert, for: row, tx)
        let asker = call.caller.principal.person
        if row.state != .secondRead { row = try move(row, .requestSecondRead, by: asker, tx) }
        try tx.run(
            "UPDATE medicalopinion_second_read SET state = 'withdrawn' WHERE case_id = \(row.id) AND state = 'asked'")
        let reader = try tx.reading { try professional(expert, $0) }
        let id = tx.newID("snd")
        try tx.run(
            """
            INSERT INTO medicalopinion_second_read (id, case_id, person_id, expert_id, expert_name, expert_title, asked_by,
                asked_at, state)
            VALUES (\(id), \(row.id), \(row.person), \(expert), \(reader.name), \(reader.specialization), \(asker),
                \(tx.now.microseconds), 'asked')
            """)
        try tx.audit(
            AuditEntry("second-read.asked", on: row.subject, details: ["professionalId": .string(expert.rawValue)]))
        try tell(.secondReadAsked, expert, row, tx)
        return SecondReadShown(try tx.one(SecondReadRow.select + "WHERE id = \(id)"))
    }

    func withdrawSecondRead(_ named: CaseNamed, _ tx: borrowing Transaction, _ call: Call<Member>) throws
        -> SecondReadShown
    {
        guard let row = try tx.secondOpinion(named.caseNumber) else { throw Problem.notFound }
        guard let open = try tx.openSecondRead(of: row) else { throw SecondReadRefusal.nobodyAsked }
        try tx.run("UPDATE medicalopinion_second_read SET state = 'withdrawn' WHERE id = \(open.id)")
        try tx.audit(AuditEntry("second-read.withdrawn", on: row.subject))
        if row.state == .secondRead { _ = try move(row, .endSecondRead, by: call.caller.principal.person, tx) }
        return SecondReadShown(try tx.one(SecondReadRow.select + "WHERE id = \(open.id)"))
    }

    func signSecondRead(_ said: SecondReadSaid, _ tx: borrowing Transaction, _ call: Call<Member>) throws
        -> SecondReadShown
    {
        guard let row = try tx.secondOpinion(said.caseNumber) else { throw Problem.notFound }
        let me = call.caller.principal.person
        guard let open = try tx.openSecondRead(of: row), open.expert == me else { throw SecondReadRefusal.notAsked }
        guard row.state == .secondRead else { throw CaseAct.refusal(in: row.state) }
        try requireFreshSignIn(call)
        let reader = try tx.reading { try professional(me, $0) }
        let version: Int? = try tx.value(
            "SELECT version FROM medicalopinion_opinion WHERE case_id = \(row.id) AND kind = 'opinion' AND signed_at IS NULL"
        )
        try tx.run(
            """
            UPDATE medicalopinion_second_read SET state = 'signed', agrees = \(said.agrees),
                text = \(Sealed(CaseText(said.text))), expert_name = \(reader.name),
                expert_title = \(reader.specialization), draft_version = \(version), signed_at = \(tx.now.microseconds)
            WHERE id = \(open.id)
            """)
        try tx.audit(
            AuditEntry("second-read.signed", on: row.subject, details: ["agrees": .bool(said.agrees)]))
        let moved = try move(row, .endSecondRead, by: me, tx)
        if let first = moved.expert { try tell(.secondReadSigned, first, moved, tx) }
        return SecondReadShown(try tx.one(SecondReadRow.select + "WHERE id = \(open.id)"))
    }

    func releaseSecondRead(_ named: CaseNamed, _ tx: borrowing Transaction, _ call: Call<Member>) throws
        -> SecondReadShown
    {
        guard let row = try tx.secondOpinion(named.caseNumber) else { throw Problem.notFound }
        try requireStaff(row, call)
        guard let signed = try tx.secondReads(of: row).first(where: { $0.state == .signed }) else {
            throw SecondReadRefusal.nothingSigned
        }
        if signed.releasedAt == nil {
            try tx.run(
                """
                UPDATE medicalopinion_second_read SET released_at = \(tx.now.microseconds),
                    released_by = \(call.caller.principal.person) WHERE id = \(signed.id)
                """)
            try tx.audit(AuditEntry("second-read.released", on: row.subject))
        }
        return SecondReadShown(try tx.one(SecondReadRow.select + "WHERE id = \(signed.id)"))
    }

    private func tell(_ notice: NoticeType, _ person: PersonID, _ row: CaseRow, _ tx: borrowing Transaction) throws {
        try tx.notify(
            Notice(
                notice, to: person, about: row.subject,
                ["tenant": services.tenant.name, "caseNumber": row.number]))
    }
}
