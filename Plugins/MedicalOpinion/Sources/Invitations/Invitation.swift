internal import PluginAPI

/// An invitation to answer a case, as it is kept.
struct Invitation: Record {
    let id: String
    let caseID: String
    let expert: PersonID
    let abstract: String
    let sex: Sex?
    let state: InvitationState
    let invitedBy: PersonID
    let invitedAt: Instant
    let expiresAt: Instant
    let answeredAt: Instant?
    let reason: DeclineReason?
    let comment: String?

    static let select: SQL = """
        SELECT id, case_id, expert_id, abstract, sex, state, invited_by, invited_at, expires_at, answered_at, reason,
            comment FROM medicalopinion_invitation
        """

    init(row: borrowing Row) throws(StoreError) {
        id = try row.get(at: 0)
        caseID = try row.get(at: 1)
        expert = try row.get(at: 2)
        abstract = try row.get(at: 3, as: Sealed<CaseText>.self).value.text
        sex = try row.get(at: 4)
        state = try row.get(at: 5)
        invitedBy = try row.get(at: 6)
        invitedAt = Instant(microseconds: try row.get(at: 7))
        expiresAt = Instant(microseconds: try row.get(at: 8))
        answeredAt = (try row.get(at: 9) as Int64?).map { Instant(microseconds: $0) }
        reason = try row.get(at: 10)
        comment = try row.get(at: 11, as: Sealed<CaseText>?.self)?.value.text
    }

    /// Where it stands: one whose time is over is expired, whether the job came by or not.
    func state(at now: Instant) -> InvitationState { state == .open && expiresAt <= now ? .expired : state }

    var subject: Subject { Subject("invitation", id: id, assignees: [expert]) }
}

/// A patient's sex, where it matters.
enum Sex: String, CaseIterable, Sendable, SQLConvertible { case female, male, other }

/// Why an expert declines.
enum DeclineReason: String, CaseIterable, Sendable, SQLConvertible {
    case noTime = "no_time"
    case notMyField = "not_my_field"
    case conflictOfInterest = "conflict_of_interest"
    case other
}

/// Why an invitation is not sent or answered.
enum InvitationRefusal: Refusal {
    case invitedAlready, notInvited, answeredAlready, expired, givenToAnother, caseOver, takenBack

    var problem: Problem {
        switch self {
        case .invitedAlready: .duplicate("The professional is invited already and has not answered.")
        case .notInvited: Problem(403, "INSUFFICIENT_PERMISSIONS", "Only who is invited answers an invitation.")
        case .answeredAlready: .conflict("INVITATION_ANSWERED", "The invitation was answered already.")
        case .expired: .conflict("INVITATION_EXPIRED", "The time to answer the invitation is over.")
        case .givenToAnother: .conflict("CASE_GIVEN_TO_ANOTHER", "The case was given to another professional.")
        case .caseOver: .conflict("CASE_WITHDRAWN", "The case was withdrawn.")
        case .takenBack: .conflict("INVITATION_WITHDRAWN", "The invitation was taken back.")
        }
    }
}

extension Reading where Self: ~Copyable {
    borrowing func invitation(_ id: String) throws(StoreError) -> Invitation? {
        try first(Invitation.select + "WHERE id = \(id)")
    }

    /// The case of an invitation.
    borrowing func secondOpinion(of invitation: Invitation) throws(StoreError) -> CaseRow? {
        try first(CaseRow.select + "WHERE id = \(invitation.caseID)")
    }
}
