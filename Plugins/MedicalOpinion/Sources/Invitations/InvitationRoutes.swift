internal import PluginAPI

/// How the staff ask experts whether they take a case.
extension MedicalOpinion {
    static let invitationRoutes: [Route<Self>] = {
        let all = "/v1/staff/cases/{caseNumber}/invitations"
        let one = "/v1/staff/invitations/{id}"
        return [
            .get(
                all, .reading(Self.invitationsToCase), needs: .permission(.triageCases),
                "Who was asked about a case, and what they said; the last in front."),
            .post(
                all, .transactional(Self.invite), needs: .permission(.triageCases),
                refuses: [MatchingRefusal.self, InvitationRefusal.self],
                "Asks an expert whether they take a case; it waits for an expert then."),
            .post(
                one + "/withdraw", .transactional(Self.takeBackInvitation), needs: .permission(.triageCases),
                status: 200, refuses: [InvitationRefusal.self], "Takes an invitation back."),
            .get(
                "/v1/staff/invitations", .reading(Self.ownInvitations), needs: .own(.reviewCases),
                "What the caller is asked about, without saying whose it is; the last in front."),
            .post(
                one + "/accept", .transactional(Self.acceptInvitation),
                needs: .permission(.reviewCases, of: Self.invitationSubject), status: 200,
                refuses: [MatchingRefusal.self, InvitationRefusal.self], "Takes the case; the first one has it."),
            .post(
                one + "/decline", .transactional(Self.declineInvitation),
                needs: .permission(.reviewCases, of: Self.invitationSubject), status: 200,
                refuses: [InvitationRefusal.self], "Says no to a case."),
        ]
    }()

    /// An invitation is for whom it invites.
    func invitationSubject(_ named: some NamesInvitation, _ tx: borrowing ReadTransaction) throws -> Subject? {
        try tx.invitation(named.id)?.subject
    }

    /// `GET /v1/staff/cases/{caseNumber}/invitations`
    func invitationsToCase(_ named: CaseNamed, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws
        -> InvitationList
    {
        guard let row = try tx.secondOpinion(named.caseNumber), row.state != .draft else { throw Problem.notFound }
        let kept: [Invitation] = try tx.all(
            Invitation.select + "WHERE case_id = \(row.id) ORDER BY seq DESC LIMIT 200")
        var shown: [InvitationShown] = []
        for invitation in kept { shown.append(try self.shown(invitation, to: row, tx)) }
        return InvitationList(invitations: shown)
    }

    /// `POST /v1/staff/cases/{caseNumber}/invitations`
    func invite(_ new: NewInvitation, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> InvitationShown {
        guard let row = try tx.secondOpinion(new.caseNumber), row.state != .draft,
            let patient = try tx.person(row.person)
        else { throw Problem.notFound }
        _ = try CaseAct.invite.applied(to: row.state)
        let expert = new.professionalId
        let isActive: Bool? = try tx.value("SELECT is_active FROM medicalopinion_expert WHERE person_id = \(expert)")
        guard isActive == true, expert != row.person else {
            throw Problem.invalid("professionalId", .notAllowed, "must be the id of an active professional")
        }
        try requirePossible(expert, for: row, tx)
        let last: Invitation? = try tx.first(
            Invitation.select + "WHERE case_id = \(row.id) ORDER BY seq DESC LIMIT 1")
        let abstract = new.abstract ?? last?.abstract ?? ""
        if let what = Deidentifying.givesAway(abstract, of: patient, caseNumber: row.number) {
            throw Problem.invalid("abstract", .notAllowed, "must not contain \(what)")
        }
        let hours = new.hours ?? max(1, settings.invitationHours / row.urgency.divisor)
        let id = tx.newID("inv")
        let end = tx.now + .seconds(hours * 3600)
        let author = call.caller.principal.person
        do throws(StoreError) {
            try tx.run(
                """
                INSERT INTO medicalopinion_invitation (id, case_id, expert_id, abstract, sex, state, invited_by,
                    invited_at, expires_at)
                VALUES (\(id), \(row.id), \(expert), \(Sealed(CaseText(abstract))), \(new.sex ?? last?.sex),
                    \(InvitationState.open), \(author), \(tx.now.microseconds), \(end.microseconds))
                """)
        } catch {
            guard case .unique = error.kind else { throw error }
            throw InvitationRefusal.invitedAlready
        }
        try tx.schedule(Self.invitationExpired, at: end, key: id, InvitationExpiring(id: id))
        let moved = row.state == .awaitingExpert ? row : try move(row, .invite, by: author, tx)
        try tx.audit(
            AuditEntry(
                "invitation.sent", on: moved.subject,
                details: ["invitation": .string(id), "professional": .string(expert.rawValue)]))
        guard let sent = try tx.invitation(id) else { throw Problem.notFound }
        try tx.notify(
            Notice(
                .invitationSent, to: expert, about: sent.subject,
                ["tenant": services.tenant.name, "hours": String(hours)], notAfter: end, key: id))
        return try tx.reading { try shown(sent, to: moved, $0) }
    }

    /// `POST /v1/staff/invitations/{id}/withdraw`
    func takeBackInvitation(_ named: InvitationNamed, _ tx: borrowing Transaction, _ call: Call<Member>) throws
        -> InvitationShown
    {
        guard let invitation = try tx.invitation(named.id), let row = try tx.secondOpinion(of: invitation) else {
            throw Problem.notFound
        }
        try requireOpen(invitation, to: row, tx)
        try withdraw(invitation, tx)
        let moved = try requeueIfNobodyIsAsked(row, by: call.caller.principal.person, tx)
        guard let now = try tx.invitation(named.id) else { throw Problem.notFound }
        return try tx.reading { try shown(now, to: moved, $0) }
    }

    private func shown(_ invitation: Invitation, to row: CaseRow, _ tx: borrowing ReadTransaction) throws
        -> InvitationShown
    {
        InvitationShown(
            id: invitation.id, caseNumber: row.number, caseStatus: row.state,
            professional: try professional(invitation.expert, tx), state: invitation.state(at: tx.now),
            abstract: invitation.abstract, invitedBy: invitation.invitedBy, invitedAt: invitation.invitedAt,
            answerBy: invitation.expiresAt, answeredAt: invitation.answeredAt, reason: invitation.reason,
            comment: invitation.comment)
    }
}
