internal import PluginAPI

/// What the staff do with cases (contract §9).
extension MedicalOpinion {
    static let staffCaseRoutes: [Route<Self>] = {
        let one = "/v1/staff/cases/{caseNumber}"
        return [
            .get(
                "/v1/staff/cases", .reading(Self.queue), needs: .listing(.readCases),
                "Cases: overdue ones first, then premium customers', then by when they are due."),
            .get(one, .reading(Self.staffCase), needs: .permission(.readCases, of: Self.ownSubject), "One case."),
            .post(
                one + "/assign", .transactional(Self.assign), needs: .permission(.triageCases), status: 200,
                "Gives a case to an expert."),
            .post(
                one + "/status", .transactional(Self.setStatus),
                needs: .permission(.readCases, of: Self.statusSubject), status: 200,
                "Moves a case to another status, where that is allowed."),
            .post(
                one + "/info-requests", .transactional(Self.requestInformation),
                needs: .permission(.readCases, of: Self.textSubject), "Asks the customer for what is missing."),
            .post(
                one + "/messages", .transactional(Self.writeAboutCase),
                needs: .permission(.readCases, of: Self.messageSubject), "Writes to the customer about a case."),
            .get(
                one + "/notes", .reading(Self.notes), needs: .permission(.readCases, of: Self.ownSubject),
                "The staff's own notes about a case."),
            .post(
                one + "/notes", .transactional(Self.addNote), needs: .permission(.readCases, of: Self.textSubject),
                "Keeps a note that the customer never sees."),
            .put(
                one + "/opinion", .transactional(Self.saveOpinion),
                needs: .permission(.reviewCases, of: Self.opinionSubject), refuses: [CaseRefusal.self],
                "Keeps the draft of an opinion."),
            .post(
                one + "/opinion", .transactional(Self.signOpinion),
                needs: .permission(.reviewCases, of: Self.opinionSubject), refuses: [CaseRefusal.self],
                "Signs an opinion and delivers it; from then on it does not change."),
            .post(
                one + "/addenda", .transactional(Self.addAddendum),
                needs: .permission(.reviewCases, of: Self.textSubject), refuses: [CaseRefusal.self],
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
        let moved = try move(
            row, .assign, by: call.caller.principal.person, columns: ["expert_id = \(expert)"], tx)
        return try tx.reading { try shown(moved, $0) }
    }

    func setStatus(_ new: NewStatus, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> CaseShown {
        guard let row = try tx.secondOpinion(new.caseNumber) else { throw Problem.notFound }
        try requireStaff(row, call)
        // An opinion is delivered by its signature, an expert given by an assignment.
        let acts: [CaseAct] = [
            .triage, .provideInformation, .review, .endSecondRead, .close, .cancel, .reopen, .decline, .release,
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

    func statusSubject(_ new: NewStatus, _ tx: borrowing ReadTransaction) throws -> Subject? {
        try ownSubject(of: new.caseNumber, tx)
    }
    func textSubject(_ new: CaseWords, _ tx: borrowing ReadTransaction) throws -> Subject? {
        try ownSubject(of: new.caseNumber, tx)
    }
    func messageSubject(_ new: NewCaseMessage, _ tx: borrowing ReadTransaction) throws -> Subject? {
        try ownSubject(of: new.caseNumber, tx)
    }
    func opinionSubject(_ new: OpinionWritten, _ tx: borrowing ReadTransaction) throws -> Subject? {
        try ownSubject(of: new.caseNumber, tx)
    }
}

extension Reach {
    /// Whether it is more than one's own things.
    var isForStaff: Bool { if case .own = self { false } else { true } }
}

struct QueueAsked: Described {
    let status: CaseStatus?
    let specialty: String?
    let professionalId: PersonID?
    let customerId: PersonID?
    let page: Int
    let limit: Int
    static let schema = Schema<QueueAsked>.object(
        QueueAsked.init(status:specialty:professionalId:customerId:page:limit:),
        Field("status", \.status, .optional(.oneOf), in: .query),
        Field("specialty", \.specialty, .optional(.string(1...60)), in: .query),
        Field("professionalId", \.professionalId, .optional(PersonID.schema), in: .query),
        Field("customerId", \.customerId, .optional(PersonID.schema), in: .query),
        Field("page", \.page, .int(1...1_000_000), in: .query, default: 1),
        Field("limit", \.limit, .int(1...100), in: .query, default: 20))
}

struct Assignment: Described {
    let caseNumber: String
    let professionalId: PersonID
    static let schema = Schema<Assignment>.object(
        Assignment.init(caseNumber:professionalId:), Field("caseNumber", \.caseNumber, CaseNumber.schema, in: .path),
        Field("professionalId", \.professionalId, PersonID.schema))
}

struct NewStatus: Described {
    let caseNumber: String
    let status: String
    static let words = CaseStatus.allCases.map(\.rawValue) + CaseState.allCases.map(\.rawValue)
    static let schema = Schema<NewStatus>.object(
        NewStatus.init(caseNumber:status:), Field("caseNumber", \.caseNumber, CaseNumber.schema, in: .path),
        Field(
            "status", \.status,
            Schema<String>.text(
                JSONSchema(["type": "string", "enum": .array(Set(words).sorted().map { .string($0) })]),
                allowed: "one of \(Set(words).sorted().joined(separator: ", "))", sample: { words[$0 % words.count] },
                parse: { words.contains($0) ? $0 : nil }, write: { $1.value($0) })))
}

/// Words of the staff about a case.
struct CaseWords: Described {
    let caseNumber: String
    let text: String
    static let schema = Schema<CaseWords>.object(
        CaseWords.init(caseNumber:text:), Field("caseNumber", \.caseNumber, CaseNumber.schema, in: .path),
        Field("text", \.text, .string(1...5000)))
}

struct NewCaseMessage: Described {
    let caseNumber: String
    let subject: String?
    let message: String
    let priority: Conversation.Priority
    static let schema = Schema<NewCaseMessage>.object(
        NewCaseMessage.init(caseNumber:subject:message:priority:),
        Field("caseNumber", \.caseNumber, CaseNumber.schema, in: .path),
        Field("subject", \.subject, .optional(.string(1...200))), Field("message", \.message, .string(1...10_000)),
        Field("priority", \.priority, Conversation.Priority.schema, default: .normal))
}

/// A note of the staff.
struct NoteShown: Described, Record {
    let id: String
    let authorId: PersonID
    let text: String
    let createdAt: Instant
    static let schema = Schema<NoteShown>.object(
        NoteShown.init(id:authorId:text:createdAt:), Field("id", \.id, .string(1...64)),
        Field("authorId", \.authorId, PersonID.schema), Field("text", \.text, .string(0...5000)),
        Field("createdAt", \.createdAt, Instant.schema))
    private init(id: String, authorId: PersonID, text: String, createdAt: Instant) {
        self.id = id
        self.authorId = authorId
        self.text = text
        self.createdAt = createdAt
    }
    init(row: borrowing Row) throws(StoreError) {
        id = try row.get(at: 0)
        authorId = try row.get(at: 1)
        text = try row.get(at: 2, as: Sealed<CaseText>.self).value.text
        createdAt = Instant(microseconds: try row.get(at: 3))
    }
}
