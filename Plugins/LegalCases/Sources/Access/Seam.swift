internal import PluginAPI

extension Permission {
    static let usePortal = Permission("use:portal", "Their own cases")
    static let readDocuments = Permission("read:documents", "Documents")
    static let writeDocuments = Permission("write:documents", "Documents")
    static let holdDocuments = Permission("hold:documents", "Legal hold")
    static let readTasks = Permission("read:tasks", "Tasks")
    static let writeTasks = Permission("write:tasks", "Tasks")
    static let legal: [Permission] = [
        .usePortal, .readDocuments, .writeDocuments, .holdDocuments, .readTasks, .writeTasks,
    ]
}
extension Role {
    static let legal: [Role] = [
        Role("CLIENT", "x", needs: .any, allows: [Allowance(.usePortal, .own)]),
        Role(
            "ATTORNEY", "x", needs: .passwordOrFederated,
            allows: Permission.legal.dropFirst().map { Allowance($0, .assigned) }),
        Role(
            "ADMIN", "x", needs: .passwordOrFederated, allows: Permission.legal.map { Allowance($0, .tenant) },
            administersTenant: true),
    ]
}
struct Matter: Record {
    let id: Int, title: String, client: PersonID?, state: String
    var team: Set<PersonID> = []
    init(row: borrowing Row) throws(StoreError) {
        id = try row.get("id"); title = try row.get("title"); client = try row.get("client_id");
        state = try row.get("state")
    }
    func subject(_ kind: String, _ id: Int) -> Subject { Subject(kind, id: "\(id)", owner: client, assignees: team) }
    var takesNew: Bool { state != "archived" }
}
extension Reading where Self: ~Copyable {
    borrowing func matter(_ id: Int) throws(StoreError) -> Matter? {
        guard var matter: Matter = try first("SELECT * FROM legalcases_matter WHERE id = \(id)") else { return nil }
        matter.team = Set(
            try values("SELECT person_id FROM legalcases_team WHERE matter_id = \(id)", as: PersonID.self))
        return matter
    }
    borrowing func matters(within reach: Reach) throws(StoreError) -> [Int]? {
        switch reach {
        case .tenant: nil
        case .assigned(let p): try values("SELECT matter_id FROM legalcases_team WHERE person_id = \(p)")
        case .own(let p): try values("SELECT id FROM legalcases_matter WHERE client_id = \(p)")
        case .branches: []
        }
    }
    borrowing func named(_ person: PersonID?) throws(StoreError) -> PersonNamed? {
        guard let person, let found = try self.person(person) else { return nil }
        return PersonNamed(id: nil, name: found.name)
    }
    borrowing func number(of person: PersonID) throws(StoreError) -> Int? { nil }
}
struct PersonNamed: Described {
    let id: Int?, name: String
    static let schema = Schema<PersonNamed>.object(
        PersonNamed.init(id:name:), Field("id", \.id, .optional(.number)), Field("name", \.name, .string(0...500)))
}
extension Schema where Value == Int {
    static var number: Schema<Int> { .int(0...(1 << 53)) }
}
struct NewMatter: Described {
    let title: String, client: PersonID?, team: [PersonID], closedAt: Instant?
    static let schema = Schema<NewMatter>.object(
        NewMatter.init(title:client:team:closedAt:), Field("title", \.title, .string(1...300)),
        Field("client", \.client, .optional(PersonID.schema)), Field("team", \.team, .list(PersonID.schema)),
        Field("closed_at", \.closedAt, .optional(Instant.schema)))
}
struct MatterMade: Described {
    let id: Int
    static let schema = Schema<MatterMade>.object(MatterMade.init(id:), Field("id", \.id, .number))
}
extension LegalCases {
    static let stubRoutes: [Route<Self>] = [
        .post("/api/staff/cases/", .transactional(Self.makeMatter), needs: .permission(.holdDocuments))
    ]
    func makeMatter(_ new: NewMatter, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> MatterMade {
        let id: Int =
            try tx.value(
                "INSERT INTO legalcases_matter (title, number, client_id, state, closed_at) VALUES (\(new.title), 'X', \(new.client), \(new.closedAt == nil ? "open" : "archived"), \(new.closedAt?.microseconds)) RETURNING id"
            ) ?? 0
        for p in new.team { try tx.run("INSERT INTO legalcases_team VALUES (\(id), \(p))") }
        return MatterMade(id: id)
    }
}
extension LegalCases {
    static let closeRoutes: [Route<Self>] = [
        .post(
            "/api/staff/cases/{case_id}/close/", .transactional(Self.closeMatter),
            needs: .permission(.holdDocuments, of: Self.caseSubject), status: 200)
    ]
    func closeMatter(_ named: CaseNamed, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> MatterMade {
        try tx.run(
            "UPDATE legalcases_matter SET state = 'closed', closed_at = \(tx.now.microseconds) WHERE id = \(named.id)")
        return MatterMade(id: named.id)
    }
}

struct CaseNamed: Described {
    let id: Int
    static let schema = Schema<CaseNamed>.object(CaseNamed.init(id:), Field("case_id", \.id, .number, in: .path))
}
extension LegalCases {
    func caseSubject(_ named: CaseNamed, _ tx: borrowing ReadTransaction) throws -> Subject? {
        try tx.matter(named.id)?.subject("case", named.id)
    }
}
