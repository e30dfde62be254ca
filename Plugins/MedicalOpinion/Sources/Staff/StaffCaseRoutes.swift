internal import PluginAPI

/// What the staff do with cases (contract §9).
extension MedicalOpinion {
    static let staffCaseRoutes: [Route<Self>] = {
        let one = "/v1/staff/cases/{caseNumber}"
        return [
            .get(
                "/v1/staff/cases", .reading(Self.queue), needs: .listing(.readCases),
                "Cases: overdue ones first, then premium customers', then by when they are due."),
            .get(one, .reading(Self.staffCase), needs: .permission(.readCases, of: Self.readSubject), "One case."),
            .post(
                one + "/assign", .transactional(Self.assign), needs: .permission(.triageCases), status: 200,
                refuses: [MatchingRefusal.self], "Gives a case to an expert."),
            .post(
                one + "/status", .transactional(Self.setStatus),
                needs: .permission(.readCases, of: Self.ownSubject), status: 200,
                "Moves a case to another status, where that is allowed."),
            .post(
                one + "/info-requests", .transactional(Self.requestInformation),
                needs: .permission(.readCases, of: Self.ownSubject), "Asks the customer for what is missing."),
            .post(
                one + "/messages", .transactional(Self.writeAboutCase),
                needs: .permission(.readCases, of: Self.ownSubject), "Writes to the customer about a case."),
            .get(
                one + "/notes", .reading(Self.notes), needs: .permission(.readCases, of: Self.ownSubject),
                "The staff's own notes about a case."),
            .post(
                one + "/notes", .transactional(Self.addNote), needs: .permission(.readCases, of: Self.ownSubject),
                "Keeps a note that the customer never sees."),
            .put(
                one + "/opinion", .transactional(Self.saveOpinion),
                needs: .permission(.reviewCases, of: Self.ownSubject), refuses: [CaseRefusal.self],
                "Keeps the draft of an opinion."),
            .post(
                one + "/opinion", .transactional(Self.signOpinion),
                needs: .permission(.reviewCases, of: Self.ownSubject), refuses: [CaseRefusal.self],
                "Signs an opinion and delivers it; from then on it does not change."),
            .post(
                one + "/addenda", .transactional(Self.addAddendum),
                needs: .permission(.reviewCases, of: Self.ownSubject), refuses: [CaseRefusal.self],
                "Adds to a signed opinion."),
        ]
    }()

    func queue(_ asked: QueueAsked, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> Paged<CaseList> {
        guard let reach = call.reach, reach.isForStaff else { throw Problem.forbidden }
        var condition = reach.condition(assignee: "expert_id") + "AND state <> \(CaseState.draft)"
        if let status = asked.status { condition = condition + "AND state IN \(SQL.list(status.states))" }
        if let specialty = asked.specialty.flatMap(settings.specialty) {
            condition = condition + "AND specialty = \(specialty)"
        }
        if let expert = asked.professionalId { condition = condition + "AND expert_id = \(expert)" }
        if let customer = asked.customerId { condition = condition + "AND person_id = \(customer)" }
        if let manager = asked.caseManagerId {
            condition =
                condition
                    + """
                    AND person_id IN (SELECT person_id FROM medicalopinion_customer WHERE case_manager_id = \(manager))
                    """
        }
        return try list(
            condition, by: "escalated_at IS NULL, rank, due_at IS NULL, due_at, seq DESC", asked.page, asked.limit, tx)
    }

    func staffCase(_ named: CaseNamed, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> CaseShown {
        guard let row = try tx.secondOpinion(named.caseNumber) else { throw Problem.notFound }
        try requireStaff(row, call)
        return try shown(row, tx)
    }

    /// Staff routes are for staff: a customer's reach is their own things. A draft is its owner's alone.
    func requireStaff(_ row: CaseRow, _ call: Call<Member>) throws(Problem) {
        guard call.reach?.isForStaff == true else { throw .forbidden }
        guard row.state != .draft else { throw .notFound }
    }

    func assign(_ new: Assignment, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> CaseShown {
        guard let row = try tx.secondOpinion(new.caseNumber), row.state != .draft else { throw Problem.notFound }
        let expert = new.professionalId
        let isActive: Bool? = try tx.value("SELECT is_active FROM medicalopinion_expert WHERE person_id = \(expert)")
        guard isActive == true, expert != row.person else {
            throw Problem.invalid("professionalId", .notAllowed, "must be the id of an active professional")
        }
        try requirePossible(expert, for: row, tx)
        let moved = try move(
            row, .assign, by: call.caller.principal.person, columns: ["expert_id = \(expert)"], tx)
        return try tx.reading { try shown(moved, $0) }
    }

    func setStatus(_ new: NewStatus, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> CaseShown {
        guard let row = try tx.secondOpinion(new.caseNumber) else { throw Problem.notFound }
        try requireStaff(row, call)
        // An opinion is delivered by its signature, an expert given by an assignment.
        let acts: [CaseAct] = [
            .triage, .provideInformation, .requeue, .review, .requestSecondRead, .endSecondRead, .close, .cancel,
            .reopen,
            .decline, .release,
        ]
        let act = acts.first {
            let (from, to) = $0.transition
            return from.contains(row.state) && (to.rawValue == new.status || to.status.rawValue == new.status)
                && (to.status != row.state.status || to.rawValue == new.status)
        }
        guard let act else { throw CaseAct.refusal(in: row.state) }
        let columns: [SQL] = act == .release || act == .reopen ? ["expert_id = NULL"] : []
        let moved = try move(row, act, by: call.caller.principal.person, columns: columns, tx)
        return try tx.reading { try shown(moved, $0) }
    }

    func requestInformation(_ new: CaseWords, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> CaseShown {
        guard let row = try tx.secondOpinion(new.caseNumber) else { throw Problem.notFound }
        try requireStaff(row, call)
        let moved = try move(
            row, .requestInformation, by: call.caller.principal.person,
            columns: ["info_request = \(Sealed(CaseText(new.text)))"], tx)
        try say(new.text, nil, .high, in: moved, by: call.caller.principal.person, on: .staff, tx)
        return try tx.reading { try shown(moved, $0) }
    }

    func writeAboutCase(_ new: NewCaseMessage, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> CaseShown {
        guard let row = try tx.secondOpinion(new.caseNumber) else { throw Problem.notFound }
        try requireStaff(row, call)
        try say(
            new.message, new.subject, new.priority, in: row, by: call.caller.principal.person, on: .staff, tx)
        return try tx.reading { try shown(row, $0) }
    }

    func notes(_ named: CaseNamed, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> [NoteShown] {
        guard let row = try tx.secondOpinion(named.caseNumber) else { throw Problem.notFound }
        try requireStaff(row, call)
        return try tx.all(
            "SELECT id, author, text, at FROM medicalopinion_note WHERE case_id = \(row.id) ORDER BY seq LIMIT 1000")
    }

    func addNote(_ new: CaseWords, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> NoteShown {
        guard let row = try tx.secondOpinion(new.caseNumber) else { throw Problem.notFound }
        try requireStaff(row, call)
        let author = call.caller.principal.person
        try tx.run(
            """
            INSERT INTO medicalopinion_note (id, case_id, author, text, at) VALUES (\(tx.newID("nte")), \(row.id),
                \(author), \(Sealed(CaseText(new.text))), \(tx.now.microseconds))
            """)
        return try tx.one(
            "SELECT id, author, text, at FROM medicalopinion_note WHERE case_id = \(row.id) ORDER BY seq DESC LIMIT 1")
    }
}

extension Reach {
    /// Whether it is more than one's own things.
    var isForStaff: Bool { if case .own = self { false } else { true } }
}
