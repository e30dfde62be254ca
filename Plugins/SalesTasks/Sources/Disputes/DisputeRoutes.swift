internal import PluginAPI

extension SalesTasks {
    static let disputeRoutes: [Route<Self>] = [
        .post(
            "/representative/calls/{id}/dispute", .transactional(Self.disputeScore),
            needs: .permission(.readCalls, of: Self.disputedCall), refuses: [DisputeRefusal.self],
            "Disputes the quality score of the caller's own call; supervisors are told."),
        .get(
            "/representative/disputes", .reading(Self.disputes), needs: .listing(.readCalls),
            "Disputes, the latest first: the caller's own, or everybody's for whoever sees all."),
        .post(
            "/admin/disputes/{id}/decide", .transactional(Self.decideDispute), needs: .permission(.reviewCalls),
            status: 200, refuses: [DisputeRefusal.self],
            "Upholds a score, or corrects what it is made of; the representative is told."),
    ]

    /// `POST /representative/calls/{id}/dispute`
    func disputeScore(_ new: NewDispute, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> Dispute {
        guard let row = try tx.callRow(new.id) else { throw Problem.notFound }
        guard row.rep == call.caller.id else { throw Problem.forbidden }
        guard try !tx.isDisputed(row) else { throw DisputeRefusal.disputed }
        let id = tx.newID("dsp")
        try tx.run(
            """
            INSERT INTO salestasks_dispute (id, call_id, rep_id, reason, state, score_before, opened_at)
            VALUES (\(id), \(row.id), \(row.rep), \(new.reason), 'open', \(row.facts.quality),
                \(tx.now.microseconds))
            """)
        let subject = Subject("dispute", id: id, assignees: [row.rep])
        try tx.audit(
            AuditEntry(
                "score.disputed", on: subject,
                details: ["callId": .string(row.id), "callQualityScore": .integer(Int64(row.facts.quality))]))
        let name = try tx.name(of: row.rep)
        for person in try tx.reviewers() where person != row.rep {
            try tx.notify(
                Notice(
                    .scoreDisputed, to: person, about: subject,
                    ["representative": name, "score": "\(row.facts.quality)"]))
        }
        guard let dispute = try tx.dispute(id) else { throw Problem.notFound }
        return dispute
    }

    /// Whose call it is, for deciding who may see it.
    func disputedCall(_ new: NewDispute, _ tx: borrowing ReadTransaction) throws -> Subject? {
        try callSubject(Named(id: new.id), tx)
    }

    /// `GET /representative/disputes`
    func disputes(_ asked: DisputesAsked, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws
        -> Page<Dispute>
    {
        var conditions: [SQL] = [call.reach?.condition(assignee: "rep_id") ?? "1 = 0"]
        if let state = asked.state { conditions.append("state = \(state)") }
        let filter = "WHERE" + SQL.joined(conditions, by: " AND ")
        let total: Int = try tx.value("SELECT count(*) FROM salestasks_dispute" + filter) ?? 0
        let rows: [Dispute] = try tx.all(
            "SELECT * FROM salestasks_dispute" + filter + "ORDER BY opened_at DESC, id DESC"
                + .rows(asked.page, asked.limit))
        return Page(rows, PageNumbers(page: asked.page, limit: asked.limit, total: total))
    }

    /// `POST /admin/disputes/{id}/decide`
    func decideDispute(_ new: DisputeDecision, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> Dispute {
        guard let dispute = try tx.dispute(new.id), let row = try tx.callRow(dispute.callId) else {
            throw Problem.notFound
        }
        guard dispute.state == .open else { throw DisputeRefusal.decided }
        let person = call.caller.principal.person
        guard row.rep != person else { throw DisputeRefusal.ownCall }
        let facts = try new.facts(from: row.facts)
        if facts != row.facts { try correct(row, to: facts, by: person, tx) }
        let state = new.decision.state
        try tx.run(
            """
            UPDATE salestasks_dispute SET state = \(state), score_after = \(facts.quality),
                explanation = \(new.explanation), decided_by = \(person), decided_at = \(tx.now.microseconds)
            WHERE id = \(dispute.disputeId)
            """)
        let subject = Subject("dispute", id: dispute.disputeId, assignees: [row.rep])
        try tx.audit(
            AuditEntry(
                "dispute.decided", on: subject,
                details: [
                    "callId": .string(row.id), "decision": .string(state.rawValue),
                    "scoreBefore": .integer(Int64(row.facts.quality)), "scoreAfter": .integer(Int64(facts.quality)),
                ]))
        try tx.notify(
            Notice(
                .disputeDecided, to: row.rep, about: subject,
                ["before": "\(row.facts.quality)", "after": "\(facts.quality)"]))
        guard let decided = try tx.dispute(dispute.disputeId) else { throw Problem.notFound }
        return decided
    }
}

extension Reading where Self: ~Copyable {
    /// Who decides disputes: the supervisors, and where there are none the admins.
    borrowing func reviewers() throws(StoreError) -> [PersonID] {
        let supervisors = try people(withRole: Role.supervisor.name, upTo: 50)
        return supervisors.isEmpty ? try people(withRole: Role.admin.name, upTo: 50) : supervisors
    }
}
