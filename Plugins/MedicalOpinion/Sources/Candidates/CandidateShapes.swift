internal import PluginAPI

/// Who could answer a case, the best in front.
struct CandidateList: Described {
    let caseNumber: String
    let specialty: String
    let language: String
    let jurisdiction: String?
    let licenceRequired: Bool
    let candidates: [CandidateShown]

    static let schema = Schema<CandidateList>.object(
        CandidateList.init(caseNumber:specialty:language:jurisdiction:licenceRequired:candidates:),
        Field("caseNumber", \.caseNumber, CaseNumber.schema), Field("specialty", \.specialty, .string(1...60)),
        Field("language", \.language, .string(1...35)),
        Field(
            "jurisdiction", \.jurisdiction, .optional(.string(2...6)),
            note: "Where the patient lives (ISO 3166); null where that is not known"),
        Field("licenceRequired", \.licenceRequired, .bool, note: "Whether the company asks for a licence for it"),
        Field("candidates", \.candidates, .list(CandidateShown.schema)))
}

/// An expert, with why they fit a case or do not.
struct CandidateShown: Described {
    let professional: ProfessionalShown
    let rank: Int
    let score: Int
    let fits: Bool
    let barredBy: ExpertFit.Bar?
    let criteria: [CriterionShown]
    let conflicts: [ConflictShown]

    static let schema = Schema<CandidateShown>.object(
        CandidateShown.init(professional:rank:score:fits:barredBy:criteria:conflicts:),
        Field("professional", \.professional, ProfessionalShown.schema), Field("rank", \.rank, .int(1...1000)),
        Field("score", \.score, .int(0...100), note: "The sum of the points"),
        Field("fits", \.fits, .bool, note: "Whether nothing speaks against it"),
        Field(
            "barredBy", \.barredBy, .optional(.oneOf),
            note: "Why the case cannot be given to them; null where the staff may decide"),
        Field("criteria", \.criteria, .list(CriterionShown.schema)),
        Field("conflicts", \.conflicts, .list(ConflictShown.schema)))
}

/// One thing that was looked at.
struct CriterionShown: Described {
    let criterion: Criterion.Name
    let met: Bool
    let points: Int
    let of: Int
    let reason: String
    static let schema = Schema<CriterionShown>.object(
        CriterionShown.init(criterion:met:points:of:reason:), Field("criterion", \.criterion, .oneOf),
        Field("met", \.met, .bool), Field("points", \.points, .int(0...100)), Field("of", \.of, .int(0...100)),
        Field("reason", \.reason, .string(0...500)))
}

/// A conflict of interest that is known or may be.
struct ConflictShown: Described {
    let kind: Conflict.Kind
    let certain: Bool
    let names: String?
    static let schema = Schema<ConflictShown>.object(
        ConflictShown.init(kind:certain:names:), Field("kind", \.kind, .oneOf), Field("certain", \.certain, .bool),
        Field("names", \.names, .optional(.string(0...1000)), note: "Names that are close to each other"))
}
