internal import PluginAPI

/// What experts are tied to; each declares it of themselves, admins for all.
extension MedicalOpinion {
    static let affiliationRoutes: [Route<Self>] = {
        let all = "/v1/staff/professionals/{id}/affiliations"
        return [
            .get(
                all, .reading(Self.affiliations), needs: .permission(.readExperts, of: Self.expertSubject),
                "What an expert is tied to."),
            .post(
                all, .transactional(Self.addAffiliation), needs: .permission(.declareExperts, of: Self.expertSubject),
                refuses: [ExpertRefusal.self],
                "Declares an institution, a doctor or a person that an expert is tied to."),
            .delete(
                all + "/{affiliationId}", .transactional(Self.removeAffiliation),
                needs: .permission(.declareExperts, of: Self.expertSubject), "Takes such a declaration back."),
        ]
    }()

    /// `GET /v1/staff/professionals/{id}/affiliations`
    func affiliations(_ named: ExpertNamed, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws
        -> AffiliationList
    { AffiliationList(affiliations: try shownAffiliations(of: named.id, tx)) }

    func shownAffiliations(of expert: PersonID, _ tx: borrowing ReadTransaction) throws -> [AffiliationShown] {
        let rows: [AffiliationRow] = try tx.all(
            AffiliationRow.select + "WHERE expert_id = \(expert) ORDER BY seq LIMIT 200")
        return rows.map { AffiliationShown($0) }
    }

    /// `POST /v1/staff/professionals/{id}/affiliations`
    func addAffiliation(_ new: NewAffiliation, _ tx: borrowing Transaction, _ call: Call<Member>) throws
        -> AffiliationShown
    {
        let count: Int =
            try tx.value("SELECT count(*) FROM medicalopinion_affiliation WHERE expert_id = \(new.id)") ?? 0
        guard count < 200 else { throw ExpertRefusal.tooMany }
        let kept: AffiliationRow = try tx.one(
            """
            INSERT INTO medicalopinion_affiliation (id, expert_id, kind, name, relation, declared_at)
            VALUES (\(tx.newID("aff")), \(new.id), \(new.kind), \(Sealed(AffiliationText(new.name))),
                \(new.relation.map { Sealed(AffiliationText($0)) }), \(tx.now.microseconds))
            RETURNING id, expert_id, kind, name, relation, declared_at
            """)
        try tx.audit(
            AuditEntry(
                "expert.affiliation-declared", on: Self.subject(ofExpert: new.id),
                details: ["affiliation": .string(kept.id), "kind": .string(new.kind.rawValue)]))
        return AffiliationShown(kept)
    }

    /// `DELETE /v1/staff/professionals/{id}/affiliations/{affiliationId}`
    func removeAffiliation(_ named: AffiliationNamed, _ tx: borrowing Transaction, _ call: Call<Member>) throws
        -> NoContent
    {
        let removed = try tx.run(
            """
            DELETE FROM medicalopinion_affiliation WHERE id = \(named.affiliationId) AND expert_id = \(named.id)
            """)
        guard removed > 0 else { throw Problem.notFound }
        try tx.audit(
            AuditEntry(
                "expert.affiliation-withdrawn", on: Self.subject(ofExpert: named.id),
                details: ["affiliation": .string(named.affiliationId)]))
        return NoContent()
    }
}
