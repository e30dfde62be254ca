internal import PluginAPI

/// Something was done with a case, for other people's servers (contract §7). It says nothing medical, not even the specialty.
struct CaseMoved: Event {
    static let name = "medical-opinion.case-moved"
    let act: CaseAct
    let caseNumber: String
    let customerId: PersonID
    let status: CaseStatus
    let detailedStatus: CaseState
    let professionalId: PersonID?
    /// By when whoever has it now should have done their part.
    let dueAt: Instant?
    let occurredAt: Instant

    static let schema = Schema<CaseMoved>.object(
        CaseMoved.init(act:caseNumber:customerId:status:detailedStatus:professionalId:dueAt:occurredAt:),
        Field("act", \.act, .oneOf), Field("caseNumber", \.caseNumber, CaseNumber.schema),
        Field("customerId", \.customerId, PersonID.schema), Field("status", \.status, .oneOf),
        Field("detailedStatus", \.detailedStatus, .oneOf),
        Field("professionalId", \.professionalId, .optional(PersonID.schema)),
        Field("dueAt", \.dueAt, .optional(Instant.schema)), Field("occurredAt", \.occurredAt, Instant.schema))
}

/// The `data` of the webhooks about it.
struct CaseTold: Described {
    let caseNumber: String
    let customerId: PersonID
    let status: CaseStatus
    let detailedStatus: CaseState
    let professionalId: PersonID?
    let dueAt: Instant?
    let occurredAt: Instant

    static let schema = Schema<CaseTold>.object(
        CaseTold.init(caseNumber:customerId:status:detailedStatus:professionalId:dueAt:occurredAt:),
        Field("caseNumber", \.caseNumber, CaseNumber.schema), Field("customerId", \.customerId, PersonID.schema),
        Field("status", \.status, .oneOf), Field("detailedStatus", \.detailedStatus, .oneOf),
        Field("professionalId", \.professionalId, .optional(PersonID.schema)),
        Field("dueAt", \.dueAt, .optional(Instant.schema)), Field("occurredAt", \.occurredAt, Instant.schema))
}

extension CaseTold {
    init(_ event: CaseMoved) {
        self.init(
            caseNumber: event.caseNumber, customerId: event.customerId, status: event.status,
            detailedStatus: event.detailedStatus, professionalId: event.professionalId, dueAt: event.dueAt,
            occurredAt: event.occurredAt)
    }
}

extension MedicalOpinion {
    /// Tells other people's servers of an act that was done on a case.
    func publish(_ act: CaseAct, _ moved: CaseRow, _ tx: borrowing Transaction) throws {
        try tx.publish(
            CaseMoved(
                act: act, caseNumber: moved.number, customerId: moved.person, status: moved.state.status,
                detailedStatus: moved.state, professionalId: moved.expert, dueAt: moved.dueAt, occurredAt: tx.now),
            about: moved.subject, to: .machines)
    }
}
