internal import Matching
internal import PluginAPI

/// A search for patients who are there twice, over the patients whom its starter may see.
struct PatientReconciliation: Described {
    let id: String
    let algorithm: MatchingAlgorithm
    let confidence: Double
    /// The branches whose patients are compared; all of the clinic's where it is missing.
    let practiceIds: [String]?
    let state: LongJobState
    /// Patients who were compared, when it is done.
    let patients: Int?
    /// Pairs that were found, when it is done, with those decided before.
    let found: Int?
    let createdAt: Instant

    static let schema = Schema<PatientReconciliation>.object(
        PatientReconciliation.init(id:algorithm:confidence:practiceIds:state:patients:found:createdAt:),
        Field("id", \.id, .string(1...64)), Field("algorithm", \.algorithm, .oneOf),
        Field("confidence", \.confidence, .double(0.1...1)),
        .leftOutWhenNil(
            "practiceIds", \.practiceIds, .optional(.list(.string(1...64))),
            note: "The branches whose patients are compared; missing: all"),
        Field("state", \.state, .oneOf),
        .leftOutWhenNil("patients", \.patients, .optional(.int(0...(1 << 53))), note: "Who were compared, when done"),
        .leftOutWhenNil("found", \.found, .optional(.int(0...(1 << 53))), note: "Pairs found, when done"),
        Field("createdAt", \.createdAt, Instant.schema))
}

/// What a search for patients begins with.
struct PatientReconciliationCreate: Described {
    let algorithm: MatchingAlgorithm
    let confidence: Double

    static let schema = Schema<PatientReconciliationCreate>.object(
        PatientReconciliationCreate.init(algorithm:confidence:),
        Field("algorithm", \.algorithm, .oneOf, default: .hybrid),
        Field("confidence", \.confidence, .double(0.1...1), default: 0.8))
}

/// What the job is given.
struct PatientComparison: Described {
    let algorithm: MatchingAlgorithm
    let confidence: Double
    let branches: [String]?

    static let schema = Schema<PatientComparison>.object(
        PatientComparison.init(algorithm:confidence:branches:), Field("algorithm", \.algorithm, .oneOf),
        Field("confidence", \.confidence, .double(0.1...1)),
        Field("branches", \.branches, .optional(.list(.string(1...64)))))
}

/// What came of the job.
struct PatientComparisonDone: Described {
    let patients: Int
    let found: Int

    static let schema = Schema<PatientComparisonDone>.object(
        PatientComparisonDone.init(patients:found:), Field("patients", \.patients, .int(0...(1 << 53))),
        Field("found", \.found, .int(0...(1 << 53))))
}

/// Two patients who may be one, for people to decide.
struct PatientMatch: Described {
    enum State: String, CaseIterable, Sendable, SQLConvertible {
        case suggested = "SUGGESTED"
        case confirmed = "CONFIRMED"
        case rejected = "REJECTED"
    }

    let id: String
    let leftPatientId: String
    let rightPatientId: String
    let confidence: Double
    /// How similar the fields are that both have, 0 to 1.
    let fields: [String: Double]
    let status: State
    let decidedBy: PersonID?
    let decidedAt: Instant?
    let createdAt: Instant

    static let schema = Schema<PatientMatch>.object(
        PatientMatch.init(
            id:leftPatientId:rightPatientId:confidence:fields:status:decidedBy:decidedAt:createdAt:),
        Field("id", \.id, .string(1...64)), Field("leftPatientId", \.leftPatientId, .string(1...64)),
        Field("rightPatientId", \.rightPatientId, .string(1...64)), Field("confidence", \.confidence, .double(0...1)),
        Field("fields", \.fields, .map(.double(0...1)), note: "How similar each field is"),
        Field("status", \.status, .oneOf), Field("decidedBy", \.decidedBy, .optional(PersonID.schema)),
        Field("decidedAt", \.decidedAt, .optional(Instant.schema)), Field("createdAt", \.createdAt, Instant.schema))
}
