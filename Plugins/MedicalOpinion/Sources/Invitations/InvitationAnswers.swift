internal import PluginAPI

/// How experts answer.
extension MedicalOpinion {
    /// `GET /v1/staff/invitations`
    func ownInvitations(_ asked: InvitationsAsked, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws
        -> InvitationAbstracts
    {
        let kept: [Invitation] = try tx.all(
            Invitation.select + "WHERE expert_id = \(call.caller.id) ORDER BY seq DESC LIMIT 200")
        let now = tx.now
        var shown: [InvitationAbstract] = []
        for invitation in kept where asked.state == nil || asked.state == invitation.state(at: now) {
            guard let row = try tx.secondOpinion(of: invitation) else { continue }
            shown.append(try abstract(of: invitation, to: row, tx))
        }
        return InvitationAbstracts(invitations: shown)
    }

    /// `POST /v1/staff/invitations/{id}/accept`
    func acceptInvitation(_ named: InvitationNamed, _ tx: borrowing Transaction, _ call: Call<Member>) throws
        -> CaseShown
    {
        let (invitation, row) = try invitationToAnswer(named.id, tx, call)
        try requirePossible(invitation.expert, for: row, tx)
        try answer(invitation, .accepted, nil, nil, tx)
        let moved = try move(
            row, .assign, by: invitation.expert, columns: ["expert_id = \(invitation.expert)"], tx)
        try tx.audit(
            AuditEntry("invitation.accepted", on: moved.subject, details: ["invitation": .string(invitation.id)]))
        try tell(.invitationAccepted, of: invitation, to: row, tx)
        return try tx.reading { try shown(moved, $0) }
    }

    /// `POST /v1/staff/invitations/{id}/decline`
    func declineInvitation(_ said: Declined, _ tx: borrowing Transaction, _ call: Call<Member>) throws
        -> InvitationAbstract
    {
        let (invitation, row) = try invitationToAnswer(said.id, tx, call)
        try answer(invitation, .declined, said.reason, said.comment, tx)
        if said.reason == .conflictOfInterest {
            try keepConflict(.declared, of: invitation.expert, in: row, said.comment, by: invitation.expert, tx)
        }
        try tx.audit(
            AuditEntry(
                "invitation.declined", on: row.subject,
                details: ["invitation": .string(invitation.id), "reason": .string(said.reason.rawValue)]))
        let moved = try requeueIfNobodyIsAsked(row, by: invitation.expert, tx)
        try tell(.invitationDeclined, of: invitation, to: row, tx)
        guard let now = try tx.invitation(said.id) else { throw Problem.notFound }
        return try tx.reading { try abstract(of: now, to: moved, $0) }
    }

    /// An invitation that waits for the caller's answer, with its case.
    private func invitationToAnswer(_ id: String, _ tx: borrowing Transaction, _ call: Call<Member>) throws
        -> (Invitation, CaseRow)
    {
        guard let invitation = try tx.invitation(id), let row = try tx.secondOpinion(of: invitation) else {
            throw Problem.notFound
        }
        guard invitation.expert == call.caller.principal.person else { throw InvitationRefusal.notInvited }
        try requireOpen(invitation, to: row, tx)
        return (invitation, row)
    }

    /// Refuses with what became of it, when it waits for no answer any more.
    func requireOpen(_ invitation: Invitation, to row: CaseRow, _ tx: borrowing Transaction) throws {
        switch invitation.state(at: tx.now) {
        case .open where row.state == .awaitingExpert: return
        case .accepted, .declined: throw InvitationRefusal.answeredAlready
        case .expired: throw InvitationRefusal.expired
        case .open, .withdrawn:
            if row.state.status == .cancelled { throw InvitationRefusal.caseOver }
            throw row.expert == nil ? InvitationRefusal.takenBack : .givenToAnother
        }
    }

    private func answer(
        _ invitation: Invitation, _ state: InvitationState, _ reason: DeclineReason?, _ comment: String?,
        _ tx: borrowing Transaction
    ) throws {
        try tx.run(
            """
            UPDATE medicalopinion_invitation SET state = \(state), answered_at = \(tx.now.microseconds),
                reason = \(reason), comment = \(comment.map { Sealed(CaseText($0)) })
            WHERE id = \(invitation.id) AND state = 'open'
            """)
        try tx.unschedule(Self.invitationExpired, key: invitation.id)
    }

    /// What an expert may know of a case before it is theirs.
    private func abstract(of invitation: Invitation, to row: CaseRow, _ tx: borrowing ReadTransaction) throws
        -> InvitationAbstract
    {
        let customer: CustomerRow? = try tx.first(CustomerRow.select + "WHERE person_id = \(row.person)")
        let state = invitation.state(at: tx.now)
        return InvitationAbstract(
            id: invitation.id, state: state, specialty: row.specialty, urgency: row.urgency,
            language: try caseLanguage(row, tx),
            patient: PatientAbstract(
                ageBand: Deidentifying.ageBand(born: customer?.dateOfBirth, today: today(invitation.invitedAt)),
                sex: invitation.sex, country: customer?.address.flatMap { CountryCode.code($0.country) }),
            documents: try tx.files(of: CaseNumber.subjectKind, id: row.number).count, abstract: invitation.abstract,
            invitedAt: invitation.invitedAt, answerBy: invitation.expiresAt,
            due: settings.due(.assigned, row.urgency, from: invitation.expiresAt), answeredAt: invitation.answeredAt,
            reason: invitation.reason, caseNumber: state == .accepted ? row.number : nil)
    }
}
