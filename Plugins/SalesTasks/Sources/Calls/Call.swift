internal import PluginAPI

/// A call as supervisors see it.
struct CallShown: Described {
    let callId: String
    let taskId: String
    let salesId: PersonID
    let customerId: String
    let startTime: Instant
    let endTime: Instant
    let duration: Double
    let disposition: Disposition
    let outcome: Outcome?
    let sentiment: Sentiment?
    let customerInsights: String
    let notes: String?
    let recordedIssues: [RecordedIssue]
    let audioQuality: AudioQuality?
    let rating: Double?
    let comments: String?
    let nextFollowUpDate: Instant?
    let performance: CallPerformance
    let correctedAt: Instant?

    static let schema = Schema<CallShown>.object(
        CallShown.init(
            callId:taskId:salesId:customerId:startTime:endTime:duration:disposition:outcome:sentiment:
            customerInsights:notes:recordedIssues:audioQuality:rating:comments:nextFollowUpDate:performance:
            correctedAt:),
        Field("callId", \.callId, .id), Field("taskId", \.taskId, .id),
        Field("salesId", \.salesId, PersonID.schema), Field("customerId", \.customerId, .id),
        Field("startTime", \.startTime, Instant.schema), Field("endTime", \.endTime, Instant.schema),
        Field("duration", \.duration, .amount, note: "In minutes"), Field("disposition", \.disposition, .oneOf),
        Field("outcome", \.outcome, .optional(.oneOf)), Field("sentiment", \.sentiment, .optional(.oneOf)),
        Field("customerInsights", \.customerInsights, .string(0...4000)),
        Field("notes", \.notes, .optional(.string(0...4000))),
        Field("recordedIssues", \.recordedIssues, .list(RecordedIssue.schema)),
        Field("audioQuality", \.audioQuality, .optional(.oneOf)),
        Field("rating", \.rating, .optional(.double(1...5))),
        Field("comments", \.comments, .optional(.string(0...2000))),
        Field("nextFollowUpDate", \.nextFollowUpDate, .optional(Instant.schema)),
        Field("performance", \.performance, CallPerformance.schema),
        Field("correctedAt", \.correctedAt, .optional(Instant.schema)))
}

extension Reading where Self: ~Copyable {
    borrowing func shown(_ row: CallRow) throws(StoreError) -> CallShown {
        let customer: String? = try value("SELECT id FROM salestasks_customer WHERE seq = \(row.customer)")
        let facts = row.facts
        return CallShown(
            callId: row.id, taskId: row.task, salesId: row.rep, customerId: customer ?? "",
            startTime: row.startedAt, endTime: row.endedAt, duration: Rounded.minutes(facts.milliseconds),
            disposition: facts.disposition, outcome: facts.disposition.outcome, sentiment: facts.sentiment,
            customerInsights: facts.insights, notes: facts.notes, recordedIssues: facts.issues,
            audioQuality: facts.audio, rating: facts.rating, comments: row.comments,
            nextFollowUpDate: row.followUpAt, performance: CallPerformance(facts), correctedAt: row.correctedAt)
    }
}
