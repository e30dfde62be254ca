internal import PluginAPI

/// A party of another case whose name is close to one of this case's.
struct ConflictHit: Described {
    /// Of this case.
    let party: String
    let role: PartyRole
    let otherParty: String
    let otherRole: PartyRole
    let otherCase: Int
    let otherNumber: String
    let similarity: Double
    /// Whether one of the two is the firm's client and the other is not.
    let isAdverse: Bool

    static let schema = Schema<ConflictHit>.object(
        ConflictHit.init(party:role:otherParty:otherRole:otherCase:otherNumber:similarity:isAdverse:),
        Field("party", \.party, .string(1...300)), Field("role", \.role, .oneOf),
        Field("other_party", \.otherParty, .string(1...300)), Field("other_role", \.otherRole, .oneOf),
        Field("other_case", \.otherCase, .number), Field("other_case_number", \.otherNumber, .string(1...40)),
        Field("similarity", \.similarity, .double(0...1)), Field("is_adverse", \.isAdverse, .bool))
}

/// What came of looking for conflicts of interest.
struct ConflictCheck: Record {
    let id: Int
    let matter: Int
    let runBy: PersonID?
    let runAt: Instant
    let hits: [ConflictHit]
    let isClear: Bool
    let decidedBy: PersonID?
    let decidedAt: Instant?
    let decision: ConflictDecision?
    let note: String?

    init(row: borrowing Row) throws(StoreError) {
        id = try row.get("id")
        matter = try row.get("matter_id")
        runBy = try row.get("run_by")
        runAt = Instant(microseconds: try row.get("run_at"))
        let text: String = try row.get("hits")
        do {
            hits = try [ConflictHit].schema.decode(.json(try JSONDocument(Array(text.utf8)).root))
        } catch {
            throw StoreError(.mismatch, "the hits of a conflict check are not what they were written as")
        }
        isClear = try row.get("is_clear")
        decidedBy = try row.get("decided_by")
        decidedAt = (try row.get("decided_at") as Int64?).map { Instant(microseconds: $0) }
        decision = try row.get("decision")
        note = try row.get("note")
    }

    /// Whether the case may be taken on as far as this check goes.
    var allows: Bool { decision.map { $0 == .cleared } ?? isClear }
}

/// What somebody decided about a possible conflict.
enum ConflictDecision: String, CaseIterable, Sendable, SQLConvertible { case cleared, declined }

/// A check as answers show it. Of cases that the caller may not see it says only that there is something to look at.
struct ConflictCheckShown: Described {
    let id: Int
    let runBy: PersonNamed?
    let runAt: Instant
    let isClear: Bool
    let needsReview: Bool
    let hits: [ConflictHit]
    let decision: ConflictDecision?
    let decidedBy: PersonNamed?
    let decidedAt: Instant?
    let note: String?

    static let schema = Schema<ConflictCheckShown>.object(
        ConflictCheckShown.init(id:runBy:runAt:isClear:needsReview:hits:decision:decidedBy:decidedAt:note:),
        Field("id", \.id, .number), Field("run_by", \.runBy, .optional(PersonNamed.schema)),
        Field("run_at", \.runAt, Instant.schema), Field("is_clear", \.isClear, .bool),
        Field("needs_review", \.needsReview, .bool, note: "Whether somebody who sees all cases has to decide"),
        Field("hits", \.hits, .list(ConflictHit.schema), note: "In cases that the caller may see"),
        Field("decision", \.decision, .optional(.oneOf)),
        Field("decided_by", \.decidedBy, .optional(PersonNamed.schema)),
        Field("decided_at", \.decidedAt, .optional(Instant.schema)), Field("note", \.note, .optional(.string(0...2000)))
    )
}

/// A decision about the newest check of a case.
struct ConflictToDecide: Described {
    let id: Int
    let decision: ConflictDecision
    let note: String

    static let schema = Schema<ConflictToDecide>.object(
        ConflictToDecide.init(id:decision:note:), Field("case_id", \.id, .number, in: .path),
        Field("decision", \.decision, .oneOf), Field("note", \.note, .string(1...2000), note: "Why"))
}
