internal import PluginAPI

/// What came of comparing: the seed's three members, and how many matches there are in all.
struct ReconcileResult: Described {
    let matches: [ReconciliationMatch]
    /// The one that was asked for.
    let confidence: Double
    /// In milliseconds.
    let processingTime: Double
    /// Matches in all, with those that are not in the list because there are too many.
    let total: Int

    static let schema = Schema<ReconcileResult>.object(
        ReconcileResult.init(matches:confidence:processingTime:total:),
        Field(
            "matches", \.matches, .list(ReconciliationMatch.schema, 0...ReconcileWork.mostAtOnce),
            note: "The surest first"),
        Field("confidence", \.confidence, .double(0.1...1), note: "The one asked for"),
        Field("processingTime", \.processingTime, .double(0...1e12), note: "Milliseconds"),
        Field("total", \.total, .int(0...(1 << 53)), note: "Matches in all; the list holds the surest 10,000 at most."))
}

/// A comparison that has been begun.
struct ReconcileAccepted: Described {
    let id: LongJobID
    let state: LongJobState
    /// Records that will be compared.
    let records: Int
    let statusUrl: String
    let resultUrl: String

    static let schema = Schema<ReconcileAccepted>.object(
        ReconcileAccepted.init(id:state:records:statusUrl:resultUrl:), Field("id", \.id, LongJobID.schema),
        Field("state", \.state, .oneOf), Field("records", \.records, .int(0...ReconcileRequest.mostRecords)),
        Field("statusUrl", \.statusUrl, .string(1...200), note: "How it stands"),
        Field("resultUrl", \.resultUrl, .string(1...200), note: "What came of it, when it is done"))
}

/// Few records are compared at once, many later.
enum ReconcileAnswer: Answer {
    case done(ReconcileResult)
    case accepted(ReconcileAccepted)

    static var answerDocument: AnswerDocument {
        .valueOrAccepted(ReconcileResult.schema.document, accepted: ReconcileAccepted.schema.document)
    }

    func write(into writer: inout JSONWriter) -> AnswerShape {
        switch self {
        case .done(let result): return result.write(into: &writer)
        case .accepted(let job):
            _ = job.write(into: &writer)
            return .accepted
        }
    }
}

/// What is kept of a long comparison, beside its pages of matches.
struct ReconcileSummary: Described {
    let confidence: Double
    let processingTime: Double
    /// Matches that can be read, page by page.
    let kept: Int
    /// Matches in all.
    let total: Int

    static let schema = Schema<ReconcileSummary>.object(
        ReconcileSummary.init(confidence:processingTime:kept:total:),
        Field("confidence", \.confidence, .double(0.1...1)),
        Field("processingTime", \.processingTime, .double(0...1e12), note: "Milliseconds"),
        Field("kept", \.kept, .int(0...(1 << 53)), note: "Matches that can be read, the surest"),
        Field("total", \.total, .int(0...(1 << 53)), note: "Matches in all"))
}
