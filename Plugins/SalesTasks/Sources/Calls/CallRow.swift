internal import PluginAPI

/// A call as its table holds it.
struct CallRow: Record {
    let id: String
    let clientID: String?
    let work: Int
    let task: String
    let customer: Int
    let rep: PersonID
    let startedAt: Instant
    let endedAt: Instant
    let comments: String?
    let followUpAt: Instant?
    let createdAt: Instant
    let correctedAt: Instant?
    let facts: CallFacts

    init(row: borrowing Row) throws(StoreError) {
        id = try row.get("id")
        clientID = try row.get("client_id")
        work = try row.get("work_seq")
        task = try row.get("task_id")
        customer = try row.get("customer_seq")
        rep = try row.get("rep_id")
        startedAt = Instant(microseconds: try row.get("started_at"))
        endedAt = Instant(microseconds: try row.get("ended_at"))
        comments = try row.get("comments")
        followUpAt = (try row.get("follow_up_at") as Int64?).instant
        createdAt = Instant(microseconds: try row.get("created_at"))
        correctedAt = (try row.get("corrected_at") as Int64?).instant
        facts = CallFacts(
            disposition: try row.get("disposition"), milliseconds: try row.get("milliseconds"),
            insights: try row.get("insights"), notes: try row.get("notes"), sentiment: try row.get("sentiment"),
            audio: try row.get("audio"), rating: try row.get("rating"),
            issues: Self.issues(try row.get("issues")), expectedMinutes: try row.get("expected_minutes"))
    }

    private static let issueList = Schema<[RecordedIssue]>.list(RecordedIssue.schema, 0...50)

    private static func issues(_ text: String) -> [RecordedIssue] {
        guard let document = try? JSONDocument(Array(text.utf8)) else { return [] }
        return (try? issueList.decode(.json(document.root))) ?? []
    }

    /// Issues as their column holds them.
    static func text(_ issues: [RecordedIssue]) -> String {
        String(decoding: issueList.encode(issues), as: UTF8.self)
    }
}

extension Reading where Self: ~Copyable {
    borrowing func callRow(_ id: String) throws(StoreError) -> CallRow? {
        try first("SELECT * FROM salestasks_call WHERE id = \(id)")
    }

    /// What follows from a call.
    borrowing func actions(of call: String) throws(StoreError) -> [NextAction] {
        try all("SELECT * FROM salestasks_action WHERE call_id = \(call) ORDER BY number")
    }

    /// The answer that a call had when it was recorded, as far as it was not corrected since.
    borrowing func recorded(_ row: CallRow) throws(StoreError) -> CallRecorded {
        CallRecorded(
            callId: row.id, duration: Rounded.minutes(row.facts.milliseconds), nextActions: try actions(of: row.id),
            performance: CallPerformance(row.facts))
    }
}
