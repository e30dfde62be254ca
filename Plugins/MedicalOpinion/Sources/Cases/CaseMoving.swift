internal import PluginAPI

extension MedicalOpinion {
    /// Does an act on a case: its row, its history, the journey, who follows live, the audit log and the customer's message
    /// in one transaction.
    ///
    /// - Parameter columns: what else changes of the case.
    /// - Throws: ``Problem`` 409 when the act is not allowed now.
    func move(
        _ row: CaseRow, _ act: CaseAct, by person: PersonID?, expert: PersonID? = nil, columns: [SQL] = [],
        _ tx: borrowing Transaction
    ) throws -> CaseRow {
        let next = try act.applied(to: row.state)
        if act == .submit { try requireConsents(of: row.person, tx) }
        let due = act.keepsDue ? row.dueAt : settings.due(next, row.urgency, from: tx.now)
        var changes =
            columns + [
                "state = \(next.rawValue)", "updated_at = \(tx.now.microseconds)", "version = version + 1",
            ]
        if !act.keepsDue { changes += ["due_at = \(due?.microseconds)", "escalated_at = NULL"] }
        switch act {
        case .submit: changes.append("submitted_at = \(tx.now.microseconds)")
        case .assign: changes.append("assigned_at = \(tx.now.microseconds)")
        case .deliver: changes.append("delivered_at = \(tx.now.microseconds)")
        default: break
        }
        if next == .closed || next.status == .cancelled { changes.append("closed_at = \(tx.now.microseconds)") }
        if act == .assign { changes.append("expected_at = \(due?.microseconds)") }
        try tx.run("UPDATE medicalopinion_case SET \(SQL.joined(changes, by: ", ")) WHERE id = \(row.id)")
        try tx.run(
            """
            INSERT INTO medicalopinion_case_step (case_id, from_state, to_state, act, by, at)
            VALUES (\(row.id), \(row.state.rawValue), \(next.rawValue), \(act.rawValue), \(person),
                \(tx.now.microseconds))
            """)
        guard let moved = try tx.secondOpinion(row.number) else { throw Problem.notFound }
        if act == .submit { try nameCaseManager(for: moved, tx) }
        if act == .release { try tellReleased(moved, by: person, tx) }
        if row.state == .awaitingExpert, next != .awaitingExpert { try endInvitations(to: row, tx) }
        if let due, !act.keepsDue {
            try tx.schedule(Self.caseDue, at: due, key: row.id, CaseNumbered(caseNumber: row.number))
        }
        if due == nil { try tx.unschedule(Self.caseDue, key: row.id) }
        if moved.expert != row.expert { try handOver(moved, from: row.expert, tx) }
        try note(act, from: row, to: moved, tx)
        return moved
    }

    private func note(_ act: CaseAct, from row: CaseRow, to moved: CaseRow, _ tx: borrowing Transaction) throws {
        let professional = try tx.reading { reading throws -> ProfessionalShown? in
            guard let expert = moved.expert else { return nil }
            return try self.professional(expert, reading)
        }
        try tx.audit(
            AuditEntry(
                "case.\(act.rawValue)", on: moved.subject, before: .string(row.state.rawValue),
                after: .string(moved.state.rawValue)))
        var details: JSON.Members = [
            "caseNumber": .string(moved.number), "specialty": .string(moved.specialty),
            "from": .string(row.state.rawValue), "to": .string(moved.state.rawValue),
            "status": .string(moved.state.status.rawValue),
        ]
        if act == .assign, let professional {
            details["professionalName"] = .string(professional.name)
            details["specialization"] = .string(professional.specialization)
        }
        try lifecycle.record(
            LifecycleEvent(Self.kind(of: act), .object(details)), of: moved.person, case: moved.number, at: tx.now,
            in: tx)
        try publish(act, moved, tx)
        try tell(act, of: moved, professional, tx)
        guard row.state.status != moved.state.status else { return }
        try tx.publish(
            CaseStatusChanged(
                caseNumber: moved.number, previousStatus: row.state.status, currentStatus: moved.state.status,
                professionalInfo: professional.map {
                    CaseStatusChanged.Professional(
                        name: $0.name, specialization: $0.specialization, estimatedCompletion: moved.expectedAt)
                }), about: moved.subject, to: .holders(of: .readCases))
    }

    private func tell(
        _ act: CaseAct, of row: CaseRow, _ professional: ProfessionalShown?, _ tx: borrowing Transaction
    ) throws {
        guard let notice = NoticeType.of(act) else { return }
        try tell(notice, of: row, professionalName: professional?.name ?? "", tx)
    }

    /// Tells a customer of their case, by the channels they chose.
    func tell(
        _ notice: NoticeType, of row: CaseRow, professionalName: String = "", _ tx: borrowing Transaction
    ) throws {
        try tx.notify(
            Notice(
                notice, to: row.person, about: row.subject,
                [
                    "tenant": services.tenant.name, "caseNumber": row.number, "professionalName": professionalName,
                ]))
    }

    private static func kind(of act: CaseAct) -> LifecycleEvent.Kind {
        switch act {
        case .submit: .caseSubmitted
        case .requestInformation: .informationRequested
        case .provideInformation: .informationProvided
        case .assign: .professionalAssigned
        case .deliver: .opinionDelivered
        case .close: .caseCompleted
        case .withdraw, .cancel, .decline: .caseCancelled
        case .reopen: .caseReopened
        case .triage, .invite, .requeue, .release, .review, .requestSecondRead, .endSecondRead, .followUp:
            .caseStatusChanged
        }
    }
}

/// The payload of jobs about one case.
struct CaseNumbered: Described {
    let caseNumber: String
    static let schema = Schema<CaseNumbered>.object(
        CaseNumbered.init(caseNumber:), Field("caseNumber", \.caseNumber, CaseNumber.schema))
}

/// A case's word on the wire changed (seed 000 §7.1).
struct CaseStatusChanged: Event {
    static let name = "medical-opinion.case-status-changed"
    let caseNumber: String
    let previousStatus: CaseStatus
    let currentStatus: CaseStatus
    let professionalInfo: Professional?

    struct Professional: Described {
        let name: String
        let specialization: String
        let estimatedCompletion: Instant?
        static let schema = Schema<Professional>.object(
            Professional.init(name:specialization:estimatedCompletion:), Field("name", \.name, .string(0...300)),
            Field("specialization", \.specialization, .string(0...200)),
            Field("estimatedCompletion", \.estimatedCompletion, .optional(Instant.schema)))
    }

    static let schema = Schema<CaseStatusChanged>.object(
        CaseStatusChanged.init(caseNumber:previousStatus:currentStatus:professionalInfo:),
        Field("caseNumber", \.caseNumber, CaseNumber.schema), Field("previousStatus", \.previousStatus, .oneOf),
        Field("currentStatus", \.currentStatus, .oneOf),
        .leftOutWhenNil("professionalInfo", \.professionalInfo, .optional(Professional.schema)))
}

/// What streams tell of it (seed 000 §7.2).
struct CaseBrief: Described {
    let caseNumber: String
    let status: CaseStatus
    static let schema = Schema<CaseBrief>.object(
        CaseBrief.init(caseNumber:status:), Field("caseNumber", \.caseNumber, CaseNumber.schema),
        Field("status", \.status, .oneOf))
}

extension MedicalOpinion {
    func caseUpdate(_ event: CaseStatusChanged) -> CaseStatusChanged? { event }
    func caseUpdateInBrief(_ event: CaseStatusChanged) -> CaseBrief? {
        CaseBrief(caseNumber: event.caseNumber, status: event.currentStatus)
    }
}
