internal import PluginAPI

/// An invitation that is sent.
struct NewInvitation: NamesCase {
    let caseNumber: String
    let professionalId: PersonID
    let hours: Int?
    let abstract: String?
    let sex: Sex?

    static let schema = Schema<NewInvitation>.object(
        NewInvitation.init(caseNumber:professionalId:hours:abstract:sex:),
        Field("caseNumber", \.caseNumber, CaseNumber.schema, in: .path),
        Field("professionalId", \.professionalId, PersonID.schema),
        Field(
            "hours", \.hours, .optional(.int(1...336)), note: "Until an answer; the company's usual time if left out"),
        Field(
            "abstract", \.abstract, .optional(.string(0...5000)),
            note: "What the case is about, without saying whose; that of the last invitation to it if left out"),
        Field("sex", \.sex, .optional(.oneOf), note: "The patient's, where it matters"))
}

/// An invitation in a path.
struct InvitationNamed: NamesInvitation {
    let id: String
    static let schema = Schema<InvitationNamed>.object(
        InvitationNamed.init(id:), Field("id", \.id, .string(1...64), in: .path))
}

/// An input that names an invitation.
protocol NamesInvitation: Described {
    var id: String { get }
}

/// An expert's no.
struct Declined: NamesInvitation {
    let id: String
    let reason: DeclineReason
    let comment: String?
    static let schema = Schema<Declined>.object(
        Declined.init(id:reason:comment:), Field("id", \.id, .string(1...64), in: .path),
        Field(
            "reason", \.reason, .oneOf, note: "After conflict_of_interest one is never asked about the case again"),
        Field("comment", \.comment, .optional(.string(0...2000))))
}

/// Which of their invitations an expert asks for.
struct InvitationsAsked: Described {
    let state: InvitationState?
    static let schema = Schema<InvitationsAsked>.object(
        InvitationsAsked.init(state:),
        Field("state", \.state, .optional(.oneOf), in: .query, note: "All of them if left out"))
}

/// An invitation as an expert sees it before they accept: nothing that says whose the case is.
struct InvitationAbstract: Described {
    let id: String
    let state: InvitationState
    let specialty: String
    let urgency: Urgency
    let language: String
    let patient: PatientAbstract
    let documents: Int
    let abstract: String
    let invitedAt: Instant
    let answerBy: Instant
    let due: Instant?
    let answeredAt: Instant?
    let reason: DeclineReason?
    let caseNumber: String?

    static let schema = Schema<InvitationAbstract>.object(
        InvitationAbstract.init(
            id:state:specialty:urgency:language:patient:documents:abstract:invitedAt:answerBy:due:answeredAt:reason:
            caseNumber:),
        Field("id", \.id, .string(1...64)), Field("state", \.state, .oneOf),
        Field("specialty", \.specialty, .string(1...60)), Field("urgency", \.urgency, .oneOf),
        Field("language", \.language, .string(1...35)), Field("patient", \.patient, PatientAbstract.schema),
        Field("documents", \.documents, .int(0...100_000)), Field("abstract", \.abstract, .string(0...5000)),
        Field("invitedAt", \.invitedAt, Instant.schema), Field("answerBy", \.answerBy, Instant.schema),
        Field(
            "due", \.due, .optional(Instant.schema),
            note: "When the opinion is due where one accepts at the last moment"),
        Field("answeredAt", \.answeredAt, .optional(Instant.schema)),
        Field("reason", \.reason, .optional(.oneOf)),
        Field("caseNumber", \.caseNumber, .optional(CaseNumber.schema), note: "Once accepted"))
}

/// What may be known of a patient before somebody accepts their case.
struct PatientAbstract: Described {
    let ageBand: String?
    let sex: Sex?
    let country: String?
    static let schema = Schema<PatientAbstract>.object(
        PatientAbstract.init(ageBand:sex:country:),
        Field("ageBand", \.ageBand, .optional(.string(1...8)), note: "Such as 40-49"),
        Field("sex", \.sex, .optional(.oneOf)), Field("country", \.country, .optional(.string(2...2))))
}

struct InvitationAbstracts: Described {
    let invitations: [InvitationAbstract]
    static let schema = Schema<InvitationAbstracts>.object(
        InvitationAbstracts.init(invitations:),
        Field("invitations", \.invitations, .list(InvitationAbstract.schema)))
}

/// An invitation as the staff see it.
struct InvitationShown: Described {
    let id: String
    let caseNumber: String
    let caseStatus: CaseState
    let professional: ProfessionalShown
    let state: InvitationState
    let abstract: String
    let invitedBy: PersonID
    let invitedAt: Instant
    let answerBy: Instant
    let answeredAt: Instant?
    let reason: DeclineReason?
    let comment: String?

    static let schema = Schema<InvitationShown>.object(
        InvitationShown.init(
            id:caseNumber:caseStatus:professional:state:abstract:invitedBy:invitedAt:answerBy:answeredAt:reason:
            comment:),
        Field("id", \.id, .string(1...64)), Field("caseNumber", \.caseNumber, CaseNumber.schema),
        Field("caseStatus", \.caseStatus, .oneOf), Field("professional", \.professional, ProfessionalShown.schema),
        Field("state", \.state, .oneOf), Field("abstract", \.abstract, .string(0...5000)),
        Field("invitedBy", \.invitedBy, PersonID.schema), Field("invitedAt", \.invitedAt, Instant.schema),
        Field("answerBy", \.answerBy, Instant.schema), Field("answeredAt", \.answeredAt, .optional(Instant.schema)),
        Field("reason", \.reason, .optional(.oneOf)), Field("comment", \.comment, .optional(.string(0...2000))))
}

struct InvitationList: Described {
    let invitations: [InvitationShown]
    static let schema = Schema<InvitationList>.object(
        InvitationList.init(invitations:), Field("invitations", \.invitations, .list(InvitationShown.schema)))
}
