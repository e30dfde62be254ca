internal import PluginAPI

/// An input that names a case.
protocol NamesCase: Described {
    /// The case's number.
    var caseNumber: String { get }
}

/// What cases may be about.
struct SpecialtyList: Described {
    let specialties: [String]
    static let schema = Schema<SpecialtyList>.object(
        SpecialtyList.init(specialties:), Field("specialties", \.specialties, .list(.string(1...60))))
}

/// A case that is sent, or kept as a draft.
struct NewCase: Described {
    let specialty: String
    let question: String
    let description: String
    let urgency: Urgency
    let attachments: [FileID]
    let draft: Bool
    let treatingDoctors: [TreatingDoctor]
    var content: CaseContent {
        CaseContent(question: question, description: description, treatingDoctors: treatingDoctors)
    }

    static let schema = Schema<NewCase>.object(
        NewCase.init(specialty:question:description:urgency:attachments:draft:treatingDoctors:),
        Field("specialty", \.specialty, .string(1...60)), Field("question", \.question, .string(1...5000)),
        Field("description", \.description, .string(0...50_000), default: ""),
        Field("urgency", \.urgency, .oneOf, default: .normal),
        Field("attachments", \.attachments, .list(FileID.schema, 0...50), default: []),
        Field("draft", \.draft, .bool, default: false),
        Field(
            "treatingDoctors", \.treatingDoctors, .list(TreatingDoctor.schema, 0...20), default: [],
            note: "Who treated the patient, and where, so that none of them is asked for the second opinion"))
}

/// Which of the caller's cases are asked for.
struct CasesAsked: Described {
    let status: CaseStatus?
    let page: Int
    let limit: Int
    static let schema = Schema<CasesAsked>.object(
        CasesAsked.init(status:page:limit:), Field("status", \.status, .optional(.oneOf), in: .query),
        Field("page", \.page, .int(1...1_000_000), in: .query, default: 1),
        Field("limit", \.limit, .int(1...100), in: .query, default: 20))
}

/// Files for a case.
struct NewDocuments: NamesCase {
    let caseNumber: String
    let attachments: [FileID]
    static let schema = Schema<NewDocuments>.object(
        NewDocuments.init(caseNumber:attachments:), Field("caseNumber", \.caseNumber, CaseNumber.schema, in: .path),
        Field("attachments", \.attachments, .list(FileID.schema, 1...50), note: "Ids of files uploaded before."))
}

/// An answer to a request for information.
struct NewResponse: NamesCase {
    let caseNumber: String
    let message: String
    let attachments: [FileID]
    static let schema = Schema<NewResponse>.object(
        NewResponse.init(caseNumber:message:attachments:),
        Field("caseNumber", \.caseNumber, CaseNumber.schema, in: .path),
        Field("message", \.message, .string(1...10_000)),
        Field(
            "attachments", \.attachments, .list(FileID.schema, 0...50), default: [],
            note: "Ids of files uploaded before."))
}

/// What a customer says of an opinion.
struct NewRating: NamesCase {
    let caseNumber: String
    let rating: Int
    let comment: String?
    static let schema = Schema<NewRating>.object(
        NewRating.init(caseNumber:rating:comment:), Field("caseNumber", \.caseNumber, CaseNumber.schema, in: .path),
        Field("rating", \.rating, .int(1...5)), Field("comment", \.comment, .optional(.string(0...5000))))
}

/// A question about a delivered opinion.
struct NewFollowUp: NamesCase {
    let caseNumber: String
    let message: String
    static let schema = Schema<NewFollowUp>.object(
        NewFollowUp.init(caseNumber:message:), Field("caseNumber", \.caseNumber, CaseNumber.schema, in: .path),
        Field("message", \.message, .string(1...10_000)))
}
