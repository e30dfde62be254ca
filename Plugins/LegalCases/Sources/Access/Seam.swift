internal import PluginAPI

struct NewMatter: Described {
    let title: String, client: PersonID?, team: [PersonID]
    static let schema = Schema<NewMatter>.object(NewMatter.init(title:client:team:), Field("title", \.title, .string(1...300)), Field("client", \.client, .optional(PersonID.schema)), Field("team", \.team, .list(PersonID.schema)))
}
struct MatterMade: Described {
    let id: Int
    static let schema = Schema<MatterMade>.object(MatterMade.init(id:), Field("id", \.id, .number))
}
extension LegalCases {
    static let seamRoutes: [Route<Self>] = [.post("/api/staff/cases/", .transactional(Self.makeMatter), needs: .permission(.holdDocuments)), .post("/api/staff/cases/{case_id}/close/", .transactional(Self.closeMatter), needs: .permission(.holdDocuments, of: Self.caseSubject), status: 200)]
    func makeMatter(_ new: NewMatter, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> MatterMade {
        let id: Int = try tx.value("INSERT INTO legalcases_matter (title, number, description, case_type, open_date, created_at, updated_at, client_id, state) VALUES (\(new.title), \(new.title), '', 'CIVIL', '2027-01-01', 0, 0, \(new.client), 'open') RETURNING id") ?? 0
        for p in new.team { try tx.run("INSERT INTO legalcases_team VALUES (\(id), \(p), 0)") }
        return MatterMade(id: id)
    }
    func closeMatter(_ named: CaseNamed, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> MatterMade {
        try tx.run("UPDATE legalcases_matter SET state = 'closed', closed_at = \(tx.now.microseconds) WHERE id = \(named.id)")
        return MatterMade(id: named.id)
    }
}
