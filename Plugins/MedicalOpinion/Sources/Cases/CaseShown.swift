internal import PluginAPI

/// A case, as its customer and its staff see it.
struct CaseShown: Described {
    let caseNumber: String
    let customerId: PersonID
    let specialty: String
    let question: String
    let description: String
    let urgency: Urgency
    let status: CaseStatus
    let detailedStatus: CaseState
    let professional: ProfessionalShown?
    let estimatedCompletion: Instant?
    let informationRequest: String?
    let attachments: [FileShown]
    let opinion: OpinionShown?
    let rating: RatingShown?
    let createdAt: Instant
    let submittedAt: Instant?
    let updatedAt: Instant
    let treatingDoctors: [TreatingDoctor]
    let caseManager: CaseManagerShown?

    static let schema = Schema<CaseShown>.object(
        CaseShown.init(
            caseNumber:customerId:specialty:question:description:urgency:status:detailedStatus:professional:
            estimatedCompletion:informationRequest:attachments:opinion:rating:createdAt:submittedAt:updatedAt:
            treatingDoctors:caseManager:),
        Field("caseNumber", \.caseNumber, CaseNumber.schema), Field("customerId", \.customerId, PersonID.schema),
        Field("specialty", \.specialty, .string(1...60)), Field("question", \.question, .string(0...5000)),
        Field("description", \.description, .string(0...50_000)), Field("urgency", \.urgency, .oneOf),
        Field("status", \.status, .oneOf), Field("detailedStatus", \.detailedStatus, .oneOf),
        Field("professional", \.professional, .optional(ProfessionalShown.schema)),
        Field("estimatedCompletion", \.estimatedCompletion, .optional(Instant.schema)),
        Field("informationRequest", \.informationRequest, .optional(.string(0...5000)), note: "What is missing"),
        Field("attachments", \.attachments, .list(FileShown.schema)),
        Field("opinion", \.opinion, .optional(OpinionShown.schema)),
        Field("rating", \.rating, .optional(RatingShown.schema)),
        Field("createdAt", \.createdAt, Instant.schema),
        Field("submittedAt", \.submittedAt, .optional(Instant.schema)),
        Field("updatedAt", \.updatedAt, Instant.schema),
        Field("treatingDoctors", \.treatingDoctors, .list(TreatingDoctor.schema)),
        Field(
            "caseManager", \.caseManager, .optional(CaseManagerShown.schema),
            note: "Who of the staff looks after a premium customer"))
}

/// Who writes the opinion.
struct ProfessionalShown: Described {
    let id: PersonID
    let name: String
    let specialization: String
    static let schema = Schema<ProfessionalShown>.object(
        ProfessionalShown.init(id:name:specialization:), Field("id", \.id, PersonID.schema),
        Field("name", \.name, .string(0...300)), Field("specialization", \.specialization, .string(0...200)))
}

/// A signed opinion.
struct OpinionShown: Described {
    let text: String
    let summary: String
    let findings: String
    let recommendations: String
    let signedBy: String
    let signedAt: Instant
    let addenda: [AddendumShown]
    static let schema = Schema<OpinionShown>.object(
        OpinionShown.init(text:summary:findings:recommendations:signedBy:signedAt:addenda:),
        Field("text", \.text, .string(0...50_000)), Field("summary", \.summary, .string(0...5000)),
        Field("findings", \.findings, .string(0...20_000)),
        Field("recommendations", \.recommendations, .string(0...20_000)),
        Field("signedBy", \.signedBy, .string(0...300)), Field("signedAt", \.signedAt, Instant.schema),
        Field("addenda", \.addenda, .list(AddendumShown.schema)))
}

/// What was added to a signed opinion.
struct AddendumShown: Described {
    let text: String
    let signedAt: Instant
    static let schema = Schema<AddendumShown>.object(
        AddendumShown.init(text:signedAt:), Field("text", \.text, .string(0...50_000)),
        Field("signedAt", \.signedAt, Instant.schema))
}

/// What a customer says of an opinion.
struct RatingShown: Described {
    let rating: Int
    let comment: String?
    static let schema = Schema<RatingShown>.object(
        RatingShown.init(rating:comment:), Field("rating", \.rating, .int(1...5)),
        Field("comment", \.comment, .optional(.string(0...5000))))
}

/// A page of cases.
struct CaseList: Described {
    let cases: [CaseShown]
    let pagination: PageShown
    static let schema = Schema<CaseList>.object(
        CaseList.init(cases:pagination:), Field("cases", \.cases, .list(CaseShown.schema)),
        Field("pagination", \.pagination, PageShown.schema))
}

/// One case in a path.
struct CaseNamed: NamesCase {
    let caseNumber: String
    static let schema = Schema<CaseNamed>.object(
        CaseNamed.init(caseNumber:), Field("caseNumber", \.caseNumber, CaseNumber.schema, in: .path))
}

extension MedicalOpinion {
    func shown(_ row: CaseRow, _ tx: borrowing ReadTransaction) throws -> CaseShown {
        CaseShown(
            caseNumber: row.number, customerId: row.person, specialty: row.specialty, question: row.content.question,
            description: row.content.description, urgency: row.urgency, status: row.state.status,
            detailedStatus: row.state, professional: try expert(of: row, tx),
            estimatedCompletion: row.expectedAt,
            informationRequest: row.state == .infoRequested ? row.infoRequest : nil,
            attachments: try tx.files(of: CaseNumber.subjectKind, id: row.number).map {
                FileShown($0, at: Self.filesAt)
            }, opinion: try signedOpinion(of: row.id, tx),
            rating: row.rating.map { RatingShown(rating: $0, comment: row.ratingComment) }, createdAt: row.createdAt,
            submittedAt: row.submittedAt, updatedAt: row.updatedAt,
            treatingDoctors: row.content.treatingDoctors, caseManager: try shownCaseManager(of: row.person, tx))
    }

    private func expert(of row: CaseRow, _ tx: borrowing ReadTransaction) throws -> ProfessionalShown? {
        guard let expert = row.expert else { return nil }
        return try professional(expert, tx)
    }

    func professional(_ id: PersonID, _ tx: borrowing ReadTransaction) throws -> ProfessionalShown {
        let title: String? = try tx.value("SELECT title FROM medicalopinion_expert WHERE person_id = \(id)")
        return ProfessionalShown(id: id, name: try tx.person(id)?.name ?? "", specialization: title ?? "")
    }

    /// The opinion on a case, by its id, with what was added to it.
    func signedOpinion(of id: String, _ tx: borrowing ReadTransaction) throws -> OpinionShown? {
        var signed: (OpinionContent, PersonID, Instant)?
        var addenda: [AddendumShown] = []
        try tx.forEach(
            """
            SELECT kind, content, expert_id, signed_at FROM medicalopinion_opinion
            WHERE case_id = \(id) AND signed_at IS NOT NULL ORDER BY seq
            """
        ) { (line: borrowing Row) throws(StoreError) in
            let content = try line.get(at: 1, as: Sealed<OpinionContent>.self).value
            let at = Instant(microseconds: try line.get(at: 3))
            if try line.get(at: 0, as: String.self) == "opinion" {
                signed = (content, try line.get(at: 2), at)
                addenda = []
            } else {
                addenda.append(AddendumShown(text: content.text, signedAt: at))
            }
        }
        guard let (content, expert, at) = signed else { return nil }
        return OpinionShown(
            text: content.text, summary: content.summary, findings: content.findings,
            recommendations: content.recommendations, signedBy: try tx.person(expert)?.name ?? "", signedAt: at,
            addenda: addenda)
    }
}
