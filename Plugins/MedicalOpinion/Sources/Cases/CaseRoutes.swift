internal import PluginAPI

/// What customers do with their cases.
extension MedicalOpinion {
    static let filesAt = "/v1/portal/files"

    static let caseRoutes: [Route<Self>] = {
        let one = "/v1/portal/cases/{caseNumber}"
        return [
            .get("/v1/portal/specialties", .reading(Self.specialties), needs: .member, "What cases may be about."),
            .post(
                "/v1/portal/cases", .transactional(Self.addCase), needs: .own(.writeCases),
                refuses: [ConsentRefusal.self], "Sends a case, or keeps it as a draft."),
            .get("/v1/portal/cases", .reading(Self.cases), needs: .own(.readCases), "The caller's cases."),
            .get(
                one, .asynchronous(Self.ownCase), needs: .permission(.readCases, of: Self.ownSubject), "One case."),
            .post(
                one + "/submit", .transactional(Self.submitCase),
                needs: .permission(.writeCases, of: Self.ownSubject), status: 200, refuses: [ConsentRefusal.self],
                "Sends a draft."),
            .post(
                one + "/documents", .transactional(Self.addDocuments),
                needs: .permission(.writeCases, of: Self.ownSubject),
                "Adds files that were uploaded before; where some were asked for, the case goes on."),
            .post(
                one + "/responses", .transactional(Self.respond),
                needs: .permission(.writeCases, of: Self.ownSubject),
                "Answers a request for information, in words and with files; the case goes on."),
            .post(
                one + "/rating", .transactional(Self.rate), needs: .permission(.writeCases, of: Self.ownSubject),
                refuses: [CaseRefusal.self], "Says how good the opinion was."),
            .post(
                one + "/cancel", .transactional(Self.withdrawCase),
                needs: .permission(.writeCases, of: Self.ownSubject), status: 200, "Withdraws a case."),
            .post(
                one + "/close", .transactional(Self.closeCase),
                needs: .permission(.writeCases, of: Self.ownSubject), status: 200,
                "Says that nothing more is to be asked."),
            .post(
                one + "/follow-ups", .transactional(Self.askFurther),
                needs: .permission(.writeCases, of: Self.ownSubject), refuses: [CaseRefusal.self],
                "Asks about a delivered opinion."),
        ]
    }()

    func specialties(_ tx: borrowing ReadTransaction, _ call: Call<Member>) -> SpecialtyList {
        SpecialtyList(specialties: settings.specialties)
    }

    func addCase(_ new: NewCase, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> CaseShown {
        guard let specialty = settings.specialty(new.specialty) else {
            throw Problem.invalid("specialty", .notAllowed, "must be one of GET /v1/portal/specialties")
        }
        let unnamed = new.treatingDoctors.indices.filter {
            new.treatingDoctors[$0].name == nil && new.treatingDoctors[$0].institution == nil
        }
        guard unnamed.isEmpty else {
            throw Problem.invalid(
                unnamed.map {
                    Mistake(
                        [.name("treatingDoctors"), .index($0), .name("name")], .missing,
                        "must be given where institution is not")
                })
        }
        let person = call.caller.id
        try enrolCustomer(person, tx)
        let draft = try tx.addDraft(
            new.content, specialty, new.urgency, of: person, region: settings.region,
            year: services.tenant.zone.day(at: tx.now).fields.year, language: call.language,
            rank: try tx.plan(of: person) == .premium ? 0 : 1)
        try tx.attach(new.attachments, to: draft.subject)
        let row = new.draft ? draft : try move(draft, .submit, by: call.caller.principal.person, tx)
        if new.draft {
            try lifecycle.record(LifecycleEvent(.caseDrafted), of: person, case: row.number, at: tx.now, in: tx)
        }
        return try tx.reading { try shown(row, $0) }
    }

    func cases(_ asked: CasesAsked, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> Paged<CaseList> {
        var condition: SQL = "person_id = \(call.caller.id)"
        if let status = asked.status { condition = condition + "AND state IN \(SQL.list(status.states))" }
        return try list(condition, by: "seq DESC", asked.page, asked.limit, tx)
    }

    func list(_ condition: SQL, by order: SQL, _ page: Int, _ limit: Int, _ tx: borrowing ReadTransaction) throws
        -> Paged<CaseList>
    {
        let total: Int = try tx.value("SELECT count(*) FROM medicalopinion_live_case WHERE \(condition)") ?? 0
        let rows: [CaseRow] = try tx.all(
            CaseRow.select + "WHERE \(condition) ORDER BY \(order) LIMIT \(limit) OFFSET \((page - 1) * limit)")
        var cases: [CaseShown] = []
        for row in rows { cases.append(try shown(row, tx)) }
        let numbers = PageNumbers(page: page, limit: limit, total: total)
        return Paged(whole: CaseList(cases: cases, pagination: PageShown(numbers)), numbers: numbers)
    }

    func submitCase(_ named: CaseNamed, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> CaseShown {
        try act(.submit, on: named.caseNumber, tx, call)
    }
    func withdrawCase(_ named: CaseNamed, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> CaseShown {
        try act(.withdraw, on: named.caseNumber, tx, call)
    }
    func closeCase(_ named: CaseNamed, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> CaseShown {
        try act(.close, on: named.caseNumber, tx, call)
    }

    func act(_ act: CaseAct, on number: String, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> CaseShown {
        guard let row = try tx.secondOpinion(number) else { throw Problem.notFound }
        let moved = try move(row, act, by: call.caller.principal.person, tx)
        return try tx.reading { try shown(moved, $0) }
    }

    func addDocuments(_ new: NewDocuments, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> CaseShown {
        guard var row = try tx.secondOpinion(new.caseNumber) else { throw Problem.notFound }
        guard row.state.status != .cancelled, row.state != .closed else { throw CaseAct.refusal(in: row.state) }
        try tx.attach(new.attachments, to: row.subject)
        for _ in new.attachments {
            try lifecycle.record(
                LifecycleEvent(.documentUploaded), of: row.person, case: row.number, at: tx.now, in: tx)
        }
        if row.state == .infoRequested, call.caller.id == row.person {
            row = try move(row, .provideInformation, by: call.caller.principal.person, tx)
        }
        return try tx.reading { try shown(row, $0) }
    }

    func respond(_ new: NewResponse, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> CaseShown {
        guard let row = try tx.secondOpinion(new.caseNumber) else { throw Problem.notFound }
        _ = try CaseAct.provideInformation.applied(to: row.state)
        try tx.attach(new.attachments, to: row.subject)
        for _ in new.attachments {
            try lifecycle.record(
                LifecycleEvent(.documentUploaded), of: row.person, case: row.number, at: tx.now, in: tx)
        }
        try say(new.message, nil, .normal, in: row, by: call.caller.id, on: .customer, tx)
        let moved = try move(row, .provideInformation, by: call.caller.principal.person, tx)
        return try tx.reading { try shown(moved, $0) }
    }

    func rate(_ new: NewRating, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> CaseShown {
        guard let row = try tx.secondOpinion(new.caseNumber) else { throw Problem.notFound }
        guard [.opinionReady, .completed].contains(row.state.status) else { throw CaseAct.refusal(in: row.state) }
        guard row.canBeRated else { throw CaseRefusal.ratedAlready }
        try rate(row, new, tx)
        return try act(row.number, tx)
    }

    func rate(_ row: CaseRow, _ new: NewRating, _ tx: borrowing Transaction) throws {
        try tx.run(
            """
            UPDATE medicalopinion_case SET rating = \(new.rating), rated_at = \(tx.now.microseconds),
                rated_expert_id = expert_id,
                rating_comment = \(new.comment.map { Sealed(CaseText($0)) }) WHERE id = \(row.id)
            """)
        try tx.audit(AuditEntry("case.rated", on: row.subject))
        try lifecycle.record(
            LifecycleEvent(.caseRated, ["rating": .integer(Int64(new.rating))]), of: row.person, case: row.number,
            at: tx.now, in: tx)
        try tx.publish(
            OpinionRated(
                caseNumber: row.number, customerId: row.person, professionalId: row.expert, rating: new.rating,
                occurredAt: tx.now), about: row.subject, to: .machines)
    }

    private func act(_ number: String, _ tx: borrowing Transaction) throws -> CaseShown {
        guard let row = try tx.secondOpinion(number) else { throw Problem.notFound }
        return try tx.reading { try shown(row, $0) }
    }

    func askFurther(_ new: NewFollowUp, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> CaseShown {
        guard var row = try tx.secondOpinion(new.caseNumber) else { throw Problem.notFound }
        guard row.state.status == .opinionReady else { throw CaseAct.refusal(in: row.state) }
        if let delivered = row.deliveredAt, tx.now > delivered + .seconds(settings.followUpDays * 86_400) {
            throw CaseRefusal.tooLateToAsk
        }
        try say(new.message, nil, .normal, in: row, by: call.caller.id, on: .customer, tx)
        if row.state == .delivered { row = try move(row, .followUp, by: call.caller.principal.person, tx) }
        return try tx.reading { try shown(row, $0) }
    }

    /// The case that a route names, for deciding who may see it.
    func ownSubject(_ named: some NamesCase, _ tx: borrowing ReadTransaction) throws -> Subject? {
        try ownSubject(of: named.caseNumber, tx)
    }

    func ownSubject(of number: String, _ tx: borrowing ReadTransaction) throws -> Subject? {
        try tx.secondOpinion(number)?.subject
    }
}
