internal import PluginAPI

/// How invitations end without an answer.
extension MedicalOpinion {
    static let invitationExpired = JobName<InvitationExpiring>("invitation-expired")

    /// The time to answer is over: the desk is told, and the case goes back into the queue.
    func invitationExpired(_ expiring: InvitationExpiring, _ tx: borrowing Transaction, _ context: WorkContext) throws {
        guard let invitation = try tx.invitation(expiring.id), invitation.state == .open,
            invitation.expiresAt <= tx.now, let row = try tx.secondOpinion(of: invitation)
        else { return }
        try tx.run(
            """
            UPDATE medicalopinion_invitation SET state = \(InvitationState.expired) WHERE id = \(invitation.id)
            """)
        try tx.audit(
            AuditEntry("invitation.expired", on: row.subject, details: ["invitation": .string(invitation.id)]))
        _ = try requeueIfNobodyIsAsked(row, by: nil, tx)
        try tell(.invitationExpired, of: invitation, to: row, tx)
    }

    /// A case about which nobody is asked any more does not wait for an answer.
    func requeueIfNobodyIsAsked(_ row: CaseRow, by person: PersonID?, _ tx: borrowing Transaction) throws -> CaseRow {
        guard row.state == .awaitingExpert, try openInvitations(to: row, tx).isEmpty else { return row }
        return try move(row, .requeue, by: person, tx)
    }

    /// A case waits for an expert no longer: whoever was asked need not answer.
    func endInvitations(to row: CaseRow, _ tx: borrowing Transaction) throws {
        for invitation in try openInvitations(to: row, tx) { try withdraw(invitation, tx) }
    }

    /// Takes back the invitation of an expert to a case, where there is one.
    func withdrawInvitation(of expert: PersonID, to row: CaseRow, _ tx: borrowing Transaction) throws {
        for invitation in try openInvitations(to: row, tx) where invitation.expert == expert {
            try withdraw(invitation, tx)
            _ = try requeueIfNobodyIsAsked(row, by: nil, tx)
        }
    }

    func withdraw(_ invitation: Invitation, _ tx: borrowing Transaction) throws {
        try tx.run(
            """
            UPDATE medicalopinion_invitation SET state = \(InvitationState.withdrawn),
                answered_at = \(tx.now.microseconds) WHERE id = \(invitation.id)
            """)
        try tx.unschedule(Self.invitationExpired, key: invitation.id)
        try tx.withdrawNotices(key: invitation.id)
        try tx.notify(
            Notice(
                .invitationOver, to: invitation.expert, about: invitation.subject, ["tenant": services.tenant.name]))
    }

    private func openInvitations(to row: CaseRow, _ tx: borrowing Transaction) throws -> [Invitation] {
        try tx.all(Invitation.select + "WHERE case_id = \(row.id) AND state = 'open' ORDER BY seq")
    }

    /// Tells the desk what became of an invitation.
    func tell(_ notice: NoticeType, of invitation: Invitation, to row: CaseRow, _ tx: borrowing Transaction) throws {
        let name = try tx.person(invitation.expert)?.name ?? ""
        for person in try desk(for: row, askedBy: invitation.invitedBy, tx) {
            try tx.notify(
                Notice(
                    notice, to: person, about: row.subject,
                    ["tenant": services.tenant.name, "caseNumber": row.number, "professionalName": name]))
        }
    }
}

/// The payload of the job that ends an invitation.
struct InvitationExpiring: Described {
    let id: String
    static let schema = Schema<InvitationExpiring>.object(
        InvitationExpiring.init(id:), Field("id", \.id, .string(1...64)))
}
