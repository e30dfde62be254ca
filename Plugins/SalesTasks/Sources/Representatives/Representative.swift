internal import PluginAPI

/// Somebody who calls customers.
struct Representative: Described, Equatable {
    let salesId: PersonID
    let name: String
    let team: String?
    let skills: [String]
    let isActive: Bool

    static let schema = Schema<Representative>.object(
        Representative.init(salesId:name:team:skills:isActive:),
        Field("salesId", \.salesId, PersonID.schema, note: "The id of their account"),
        Field("name", \.name, .string(0...201)),
        Field("team", \.team, .optional(.string(1...100))),
        Field("skills", \.skills, .list(.string(1...60), 0...50)),
        Field("isActive", \.isActive, .bool, note: "Whether they can be assigned to tasks"))
}

/// A representative as the table holds it, without a name: that is the account's.
struct RepresentativeRow: Record {
    let id: PersonID
    let team: String?
    let skills: [String]
    let isActive: Bool

    init(row: borrowing Row) throws(StoreError) {
        id = try row.get("id")
        team = try row.get("team")
        skills = TextList.list(try row.get("skills"))
        isActive = try row.get("is_active")
    }
}

extension Reading where Self: ~Copyable {
    /// A representative, at work or not.
    borrowing func representative(_ id: PersonID) throws(StoreError) -> RepresentativeRow? {
        try first("SELECT * FROM salestasks_rep WHERE id = \(id)")
    }

    /// Whom a task is assigned to, by id.
    borrowing func representatives(of task: String) throws(StoreError) -> [RepresentativeRow] {
        try all(
            """
            SELECT r.* FROM salestasks_task_rep t JOIN salestasks_rep r ON r.id = t.rep_id
            WHERE t.task_id = \(task) ORDER BY r.id
            """)
    }

    /// The name of an account; its id when it is gone.
    borrowing func name(of person: PersonID) throws(StoreError) -> String {
        guard let name = try self.person(person)?.name, !name.isEmpty else { return person.rawValue }
        return name
    }

    /// With the name of the account.
    borrowing func shown(_ row: RepresentativeRow) throws(StoreError) -> Representative {
        Representative(
            salesId: row.id, name: try name(of: row.id), team: row.team, skills: row.skills, isActive: row.isActive)
    }
}

extension Transaction {
    /// Notes that somebody with the role calls customers, the first time they do.
    borrowing func noteRepresentative(_ id: PersonID) throws(StoreError) {
        try run(
            """
            INSERT INTO salestasks_rep (id, created_at) VALUES (\(id), \(now.microseconds)) ON CONFLICT DO NOTHING
            """)
    }
}
