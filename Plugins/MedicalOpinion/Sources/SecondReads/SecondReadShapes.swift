internal import PluginAPI

/// A second read as the staff see it.
struct SecondReadShown: Described {
    let id: String
    let professional: ProfessionalShown
    let state: SecondReadRow.State
    let askedAt: Instant
    let agrees: Bool?
    let text: String?
    let draftVersion: Int?
    let signedAt: Instant?
    let releasedAt: Instant?

    static let schema = Schema<SecondReadShown>.object(
        SecondReadShown.init(id:professional:state:askedAt:agrees:text:draftVersion:signedAt:releasedAt:),
        Field("id", \.id, .string(1...64)), Field("professional", \.professional, ProfessionalShown.schema),
        Field("state", \.state, .oneOf), Field("askedAt", \.askedAt, Instant.schema),
        Field("agrees", \.agrees, .optional(.bool)), Field("text", \.text, .optional(.string(0...50_000))),
        Field(
            "draftVersion", \.draftVersion, .optional(.int(1...1_000_000_000)),
            note: "Of the first expert's draft, as it was read"),
        Field("signedAt", \.signedAt, .optional(Instant.schema)),
        Field("releasedAt", \.releasedAt, .optional(Instant.schema), note: "Since when the customer may see it"))

    init(_ row: SecondReadRow) {
        self.init(
            id: row.id,
            professional: ProfessionalShown(id: row.expert, name: row.expertName, specialization: row.expertTitle),
            state: row.state, askedAt: row.askedAt, agrees: row.agrees, text: row.text, draftVersion: row.draftVersion,
            signedAt: row.signedAt, releasedAt: row.releasedAt)
    }

    private init(
        id: String, professional: ProfessionalShown, state: SecondReadRow.State, askedAt: Instant, agrees: Bool?,
        text: String?, draftVersion: Int?, signedAt: Instant?, releasedAt: Instant?
    ) {
        self.id = id
        self.professional = professional
        self.state = state
        self.askedAt = askedAt
        self.agrees = agrees
        self.text = text
        self.draftVersion = draftVersion
        self.signedAt = signedAt
        self.releasedAt = releasedAt
    }
}

/// The second reads of a case, with what there is to be read.
struct SecondReadList: Described {
    let reads: [SecondReadShown]
    let draft: OpinionContent?
    static let schema = Schema<SecondReadList>.object(
        SecondReadList.init(reads:draft:),
        Field("reads", \.reads, .list(SecondReadShown.schema), note: "The newest first"),
        Field("draft", \.draft, .optional(OpinionContent.schema), note: "The first expert's, for both experts alone"))
}

/// A case that somebody is asked to read, or has read.
struct OwnSecondRead: Described {
    let caseNumber: String
    let specialty: String
    let state: SecondReadRow.State
    let askedAt: Instant
    let signedAt: Instant?
    static let schema = Schema<OwnSecondRead>.object(
        OwnSecondRead.init(caseNumber:specialty:state:askedAt:signedAt:),
        Field("caseNumber", \.caseNumber, CaseNumber.schema), Field("specialty", \.specialty, .string(0...60)),
        Field("state", \.state, .oneOf), Field("askedAt", \.askedAt, Instant.schema),
        Field("signedAt", \.signedAt, .optional(Instant.schema)))
}

/// What a second expert has to read.
struct OwnSecondReads: Described {
    let reads: [OwnSecondRead]
    static let schema = Schema<OwnSecondReads>.object(
        OwnSecondReads.init(reads:), Field("reads", \.reads, .list(OwnSecondRead.schema)))
}

/// What a second expert says of a case.
struct SecondReadSaid: NamesCase {
    let caseNumber: String
    let agrees: Bool
    let text: String
    static let schema = Schema<SecondReadSaid>.object(
        SecondReadSaid.init(caseNumber:agrees:text:), Field("caseNumber", \.caseNumber, CaseNumber.schema, in: .path),
        Field("agrees", \.agrees, .bool, note: "With the first expert"), Field("text", \.text, .string(1...50_000)))
}

/// A second expert's opinion as the customer sees it.
struct ReleasedRead: Described {
    let agrees: Bool
    let text: String
    let signedBy: String
    let signedAt: Instant
    static let schema = Schema<ReleasedRead>.object(
        ReleasedRead.init(agrees:text:signedBy:signedAt:), Field("agrees", \.agrees, .bool),
        Field("text", \.text, .string(0...50_000)), Field("signedBy", \.signedBy, .string(0...300)),
        Field("signedAt", \.signedAt, Instant.schema))
}

/// Why a second read is not asked for, written or shown.
enum SecondReadRefusal: Refusal {
    case notAsked, nobodyAsked, nothingSigned, sameExpert

    var problem: Problem {
        switch self {
        case .notAsked:
            Problem(
                403, "INSUFFICIENT_PERMISSIONS", "Only the expert who is asked for a second read of the case writes it."
            )
        case .nobodyAsked: .conflict("RESOURCE_CONFLICT", "Nobody is asked for a second read of this case.")
        case .nothingSigned: .conflict("RESOURCE_CONFLICT", "No second expert has signed anything about this case.")
        case .sameExpert:
            .conflict("RESOURCE_CONFLICT", "The second reader is to be another expert than the one of the case.")
        }
    }
}
