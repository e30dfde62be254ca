internal import PluginAPI

extension LegalCases {
    static let partyRoutes: [Route<Self>] = [
        .get(
            "/api/staff/cases/{case_id}/parties/", .reading(Self.parties),
            needs: .permission(.readCases, of: Self.caseSubject), "Who has to do with a case."),
        .post(
            "/api/staff/cases/{case_id}/parties/", .transactional(Self.addParty),
            needs: .permission(.writeCases, of: Self.caseSubject), refuses: [CaseRefusal.self],
            "Adds somebody. Before the case is engaged, conflicts are to be checked again."),
        .delete(
            "/api/staff/cases/{case_id}/parties/{party_id}/", .transactional(Self.removeParty),
            needs: .permission(.writeCases, of: Self.caseSubject), refuses: [CaseRefusal.self],
            "Takes somebody out who was added by mistake."),
    ]
    /// `GET /api/staff/cases/{case_id}/parties/`
    func parties(_ named: CaseNamed, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> [PartyShown] {
        try tx.parties(of: named.id).map { PartyShown($0) }
    }

    /// `POST /api/staff/cases/{case_id}/parties/`
    func addParty(_ new: PartyToAdd, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> PartyShown {
        guard let matter = try tx.matter(new.id) else { throw Problem.notFound }
        guard matter.takesNew else { throw CaseRefusal.closed }
        let id = try tx.add(NewParty(name: new.name, role: new.role, note: new.note), to: matter.id, person: nil)
        try tx.audit(
            AuditEntry(
                "party.added", on: matter.subject,
                details: ["name": .string(new.name), "role": .string(new.role.rawValue)]))
        return PartyShown(id: id, name: new.name, role: new.role, note: new.note)
    }

    /// `DELETE /api/staff/cases/{case_id}/parties/{party_id}/`
    func removeParty(_ named: PartyNamed, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> NoContent {
        guard let matter = try tx.matter(named.id),
            let party = try tx.parties(of: matter.id).first(where: { $0.id == named.party })
        else { throw Problem.notFound }
        guard matter.takesNew else { throw CaseRefusal.closed }
        try tx.run("DELETE FROM legalcases_party_word WHERE party_id = \(party.id)")
        try tx.run("DELETE FROM legalcases_party WHERE id = \(party.id)")
        try tx.audit(AuditEntry("party.removed", on: matter.subject, before: .string(party.name), after: .null))
        return NoContent()
    }
}

/// A party that is added to a case.
struct PartyToAdd: NamesCase {
    let id: Int
    let name: String
    let role: PartyRole
    let note: String

    static let schema = Schema<PartyToAdd>.object(
        PartyToAdd.init(id:name:role:note:), Field("case_id", \.id, .number, in: .path),
        Field("name", \.name, .string(1...300)), Field("role", \.role, .oneOf),
        Field("note", \.note, .string(0...2000), default: ""))
}

/// One party of a case.
struct PartyNamed: NamesCase {
    let id: Int
    let party: Int

    static let schema = Schema<PartyNamed>.object(
        PartyNamed.init(id:party:), Field("case_id", \.id, .number, in: .path),
        Field("party_id", \.party, .number, in: .path))
}
