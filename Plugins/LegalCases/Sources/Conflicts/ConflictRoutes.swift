internal import PluginAPI

extension LegalCases {
    static let conflictRoutes: [Route<Self>] = [
        .get(
            "/api/staff/cases/{case_id}/conflicts/", .reading(Self.conflictChecks),
            needs: .permission(.readCases, of: Self.caseSubject),
            "The checks for conflicts of interest, the newest in front."),
        .post(
            "/api/staff/cases/{case_id}/conflicts/decide/", .transactional(Self.decideConflict),
            needs: .permission(.clearConflicts), status: 200, refuses: [CaseRefusal.self],
            "Clears a possible conflict of interest, or declines the case for it."),
    ]

    /// `GET /api/staff/cases/{case_id}/conflicts/`
    func conflictChecks(_ named: CaseNamed, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws
        -> [ConflictCheckShown]
    {
        let checks: [ConflictCheck] = try tx.all(
            "SELECT * FROM legalcases_conflict_check WHERE matter_id = \(named.id) ORDER BY id DESC LIMIT 50")
        return try checks.map { check in try shown(check, for: call.caller.principal, tx) }
    }

    /// `POST /api/staff/cases/{case_id}/conflicts/decide/`
    func decideConflict(_ asked: ConflictToDecide, _ tx: borrowing Transaction, _ call: Call<Member>) throws
        -> ConflictCheckShown
    {
        guard let matter = try tx.matter(asked.id), let check = try tx.newestCheck(of: matter.id) else {
            throw Problem.notFound
        }
        guard matter.state == .conflictCheck, check.decision == nil else { throw CaseRefusal.notNow(matter.state) }
        let author = call.caller.principal.person
        try tx.run(
            """
            UPDATE legalcases_conflict_check SET decision = \(asked.decision), note = \(asked.note),
                decided_by = \(author), decided_at = \(tx.now.microseconds)
            WHERE id = \(check.id)
            """)
        try tx.audit(
            AuditEntry(
                "conflict.decided", on: matter.subject,
                details: ["decision": .string(asked.decision.rawValue), "note": .string(asked.note)]))
        var words = matter.words.filter { $0.key == "case" || $0.key == "number" }
        words["decision"] = asked.decision.rawValue
        for person in Self.others(matter.team, than: author) {
            try tx.notify(Notice(.conflictDecided, to: person, about: matter.subject, words))
        }
        if asked.decision == .declined {
            _ = try move(.close, CaseMove(id: matter.id, reason: "A conflict of interest"), tx, call)
        }
        guard let decided = try tx.newestCheck(of: matter.id) else { throw Problem.fault }
        return try tx.reading { try shown(decided, for: call.caller.principal, $0) }
    }

    /// Checks a case; where something is found, whoever may decide is told.
    func checkConflicts(of matter: Matter, by author: PersonID, _ tx: borrowing Transaction) throws {
        let hits = try tx.conflicts(of: matter.id)
        // The same client once more is none.
        let isClear = hits.allSatisfy { $0.role == .client && $0.otherRole == .client }
        try tx.run(
            """
            INSERT INTO legalcases_conflict_check (matter_id, run_by, run_at, hits, is_clear)
            VALUES (\(matter.id), \(author), \(tx.now.microseconds),
                \(String(decoding: [ConflictHit].schema.encode(hits), as: UTF8.self)), \(isClear))
            """)
        try tx.audit(
            AuditEntry(
                "conflict.checked", on: matter.subject,
                details: ["hits": .integer(Int64(hits.count)), "isClear": .bool(isClear)]))
        guard !isClear else { return }
        let words = matter.words.filter { $0.key == "case" || $0.key == "number" }
        for person in Self.others(matter.team, than: author) {
            try tx.notify(Notice(.conflictFound, to: person, about: matter.subject, words))
        }
    }

    /// A case is taken on only after a check that allows it, of all its parties.
    func requireClear(_ matter: Matter, _ tx: borrowing Transaction) throws {
        guard let check = try tx.newestCheck(of: matter.id), check.allows else { throw CaseRefusal.notChecked }
        let isOld: Int? = try tx.value(
            """
            SELECT 1 FROM legalcases_party WHERE matter_id = \(matter.id) AND created_at > \(check.runAt.microseconds)
            LIMIT 1
            """)
        guard isOld == nil else { throw CaseRefusal.notChecked }
    }

    private func shown(_ check: ConflictCheck, for principal: Principal, _ tx: borrowing ReadTransaction) throws
        -> ConflictCheckShown
    {
        var hits: [ConflictHit] = []
        for hit in check.hits {
            if let other = try tx.matter(hit.otherCase), let reach = principal.reach(of: .readCases),
                reach.covers(other.subject)
            {
                hits.append(hit)
            }
        }
        return ConflictCheckShown(
            id: check.id, runBy: try tx.named(check.runBy), runAt: check.runAt, isClear: check.isClear,
            needsReview: !check.isClear && check.decision == nil, hits: hits, decision: check.decision,
            decidedBy: try tx.named(check.decidedBy), decidedAt: check.decidedAt, note: check.note)
    }
}

extension Reading where Self: ~Copyable {
    /// The check that counts.
    fileprivate borrowing func newestCheck(of matter: Int) throws(StoreError) -> ConflictCheck? {
        try first("SELECT * FROM legalcases_conflict_check WHERE matter_id = \(matter) ORDER BY id DESC LIMIT 1")
    }
}
