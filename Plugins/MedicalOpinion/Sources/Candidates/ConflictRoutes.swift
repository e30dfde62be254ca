internal import PluginAPI

/// Conflicts of interest that somebody knows of.
extension MedicalOpinion {
    static let conflictRoutes: [Route<Self>] = {
        let all = "/v1/staff/cases/{caseNumber}/conflicts"
        return [
            .get(all, .reading(Self.conflicts), needs: .permission(.triageCases), "Who must not have a case, and why."),
            .post(
                all, .transactional(Self.addConflict), needs: .permission(.triageCases),
                "Records that an expert must not have a case."),
            .delete(
                all + "/{professionalId}", .transactional(Self.removeConflict), needs: .permission(.triageCases),
                refuses: [ConflictRefusal.self], "Takes back what the staff recorded."),
        ]
    }()

    /// `GET /v1/staff/cases/{caseNumber}/conflicts`
    func conflicts(_ named: CaseNamed, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> ConflictList {
        guard let row = try tx.secondOpinion(named.caseNumber), row.state != .draft else { throw Problem.notFound }
        let kept: [RecordedConflict] = try tx.all(
            RecordedConflict.select + "WHERE case_id = \(row.id) ORDER BY seq LIMIT 1000")
        var shown: [RecordedConflictShown] = []
        for conflict in kept { shown.append(try self.shown(conflict, tx)) }
        return ConflictList(conflicts: shown)
    }

    private func shown(_ conflict: RecordedConflict, _ tx: borrowing ReadTransaction) throws -> RecordedConflictShown {
        RecordedConflictShown(
            professional: try professional(conflict.expert, tx), kind: conflict.kind, reason: conflict.reason,
            recordedBy: conflict.recordedBy, recordedAt: conflict.recordedAt)
    }

    /// `POST /v1/staff/cases/{caseNumber}/conflicts`
    func addConflict(_ new: NewConflict, _ tx: borrowing Transaction, _ call: Call<Member>) throws
        -> RecordedConflictShown
    {
        guard let row = try tx.secondOpinion(new.caseNumber), row.state != .draft else { throw Problem.notFound }
        guard try tx.isExpert(new.professionalId) else {
            throw Problem.invalid("professionalId", .notAllowed, "must be the id of a professional")
        }
        try keepConflict(.recorded, of: new.professionalId, in: row, new.reason, by: call.caller.principal.person, tx)
        try withdrawInvitation(of: new.professionalId, to: row, tx)
        let kept: RecordedConflict = try tx.one(
            RecordedConflict.select + "WHERE case_id = \(row.id) AND expert_id = \(new.professionalId)")
        return try tx.reading { try shown(kept, $0) }
    }

    /// Keeps that an expert must not have a case; what they said of it themselves stays.
    func keepConflict(
        _ kind: Conflict.Kind, of expert: PersonID, in row: CaseRow, _ reason: String?, by person: PersonID,
        _ tx: borrowing Transaction
    ) throws {
        try tx.run(
            """
            INSERT INTO medicalopinion_conflict (case_id, expert_id, kind, reason, recorded_by, recorded_at)
            VALUES (\(row.id), \(expert), \(kind), \(reason.map { Sealed(CaseText($0)) }), \(person),
                \(tx.now.microseconds))
            ON CONFLICT (case_id, expert_id) DO UPDATE SET kind = excluded.kind, reason = excluded.reason,
                recorded_by = excluded.recorded_by, recorded_at = excluded.recorded_at WHERE kind <> 'declared'
            """)
        try tx.audit(
            AuditEntry(
                "conflict.recorded", on: row.subject,
                details: ["professional": .string(expert.rawValue), "kind": .string(kind.rawValue)]))
    }

    /// `DELETE /v1/staff/cases/{caseNumber}/conflicts/{professionalId}`
    func removeConflict(_ named: ConflictNamed, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> NoContent {
        guard let row = try tx.secondOpinion(named.caseNumber), row.state != .draft,
            let kept: RecordedConflict = try tx.first(
                RecordedConflict.select + "WHERE case_id = \(row.id) AND expert_id = \(named.professionalId)")
        else { throw Problem.notFound }
        guard kept.kind == .recorded else { throw ConflictRefusal.declaredThemselves }
        try tx.run(
            """
            DELETE FROM medicalopinion_conflict WHERE case_id = \(row.id) AND expert_id = \(named.professionalId)
            """)
        try tx.audit(
            AuditEntry(
                "conflict.withdrawn", on: row.subject,
                details: ["professional": .string(named.professionalId.rawValue)]))
        return NoContent()
    }
}

/// Why a conflict of interest stays.
enum ConflictRefusal: Refusal {
    case declaredThemselves
    var problem: Problem {
        .conflict("RESOURCE_CONFLICT", "The professional declared this conflict of interest themselves: it stays.")
    }
}
