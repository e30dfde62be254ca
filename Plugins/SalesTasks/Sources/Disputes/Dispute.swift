internal import PluginAPI

/// A representative's objection to the quality score of a call of theirs, and what a supervisor said to it.
struct Dispute: Described, Record {
    let disputeId: String
    let callId: String
    let salesId: PersonID
    let reason: String
    let state: DisputeState
    let scoreBefore: Int
    let scoreAfter: Int?
    let explanation: String?
    let openedAt: Instant
    let decidedBy: PersonID?
    let decidedAt: Instant?

    init(
        disputeId: String, callId: String, salesId: PersonID, reason: String, state: DisputeState, scoreBefore: Int,
        scoreAfter: Int?, explanation: String?, openedAt: Instant, decidedBy: PersonID?, decidedAt: Instant?
    ) {
        self.disputeId = disputeId
        self.callId = callId
        self.salesId = salesId
        self.reason = reason
        self.state = state
        self.scoreBefore = scoreBefore
        self.scoreAfter = scoreAfter
        self.explanation = explanation
        self.openedAt = openedAt
        self.decidedBy = decidedBy
        self.decidedAt = decidedAt
    }

    init(row: borrowing Row) throws(StoreError) {
        disputeId = try row.get("id")
        callId = try row.get("call_id")
        salesId = try row.get("rep_id")
        reason = try row.get("reason")
        state = try row.get("state")
        scoreBefore = try row.get("score_before")
        scoreAfter = try row.get("score_after")
        explanation = try row.get("explanation")
        openedAt = Instant(microseconds: try row.get("opened_at"))
        decidedBy = try row.get("decided_by")
        decidedAt = (try row.get("decided_at") as Int64?).instant
    }

    static let schema = Schema<Dispute>.object(
        Dispute.init(
            disputeId:callId:salesId:reason:state:scoreBefore:scoreAfter:explanation:openedAt:decidedBy:decidedAt:),
        Field("disputeId", \.disputeId, .id), Field("callId", \.callId, .id),
        Field("salesId", \.salesId, PersonID.schema), Field("reason", \.reason, .string(0...2000)),
        Field("state", \.state, .oneOf),
        Field("scoreBefore", \.scoreBefore, .int(0...100), note: "The call's quality score when it was disputed"),
        Field("scoreAfter", \.scoreAfter, .optional(.int(0...100)), note: "What it is since the decision"),
        Field("explanation", \.explanation, .optional(.string(0...2000))),
        Field("openedAt", \.openedAt, Instant.schema),
        Field("decidedBy", \.decidedBy, .optional(PersonID.schema)),
        Field("decidedAt", \.decidedAt, .optional(Instant.schema)))
}

/// Where a dispute is in its life.
enum DisputeState: String, CaseIterable, Sendable, SQLConvertible {
    case open
    /// The score stands.
    case upheld
    /// What it is made of was corrected.
    case corrected
}

/// Why a dispute is not begun or decided.
enum DisputeRefusal: Refusal {
    case disputed, decided, ownCall

    var problem: Problem {
        switch self {
        case .disputed:
            .conflict("SCORE_DISPUTED", "This score was disputed before. It can be disputed again when it has changed.")
        case .decided: .conflict("DISPUTE_DECIDED", "This dispute has been decided.")
        case .ownCall: Problem(403, "INSUFFICIENT_PERMISSIONS", "Somebody else must decide about your own call.")
        }
    }
}

extension Reading where Self: ~Copyable {
    borrowing func dispute(_ id: String) throws(StoreError) -> Dispute? {
        try first("SELECT * FROM salestasks_dispute WHERE id = \(id)")
    }

    /// Whether a call's score, as it is now, is disputed or was.
    borrowing func isDisputed(_ row: CallRow) throws(StoreError) -> Bool {
        try value(
            """
            SELECT 1 FROM salestasks_dispute WHERE call_id = \(row.id)
            AND (state = 'open' OR score_after = \(row.facts.quality)) LIMIT 1
            """, as: Int.self) != nil
    }
}
