internal import PluginAPI

/// A case.
struct Matter: Record {
    let id: Int
    /// `CD-2023-001`
    let number: String
    let title: String
    let description: String
    /// The code of a ``CaseType``.
    let caseType: String
    let state: MatterState
    /// The name of one of its type's stages; nil before the first.
    let stage: String?
    /// Whose case it is; nil before there is one, and once they have been erased.
    let client: PersonID?
    /// Who answers for it; one of the team.
    let lead: PersonID?
    let openDate: Day
    let closedBecause: String?
    let createdBy: PersonID?
    let createdAt: Instant
    let updatedAt: Instant
    let closedAt: Instant?
    /// Who works on it.
    var team: Set<PersonID> = []

    /// Whether documents, tasks and messages can be added.
    var takesNew: Bool { state != .closed && state != .archived }

    init(row: borrowing Row) throws(StoreError) {
        id = try row.get("id")
        number = try row.get("number")
        title = try row.get("title")
        description = try row.get("description")
        caseType = try row.get("case_type")
        state = try row.get("state")
        stage = try row.get("stage")
        client = try row.get("client_id")
        lead = try row.get("lead_id")
        let day: String = try row.get("open_date")
        guard let openDate = Day(iso8601: day) else { throw StoreError(.mismatch, "a case's day is no day") }
        self.openDate = openDate
        closedBecause = try row.get("closed_because")
        createdBy = try row.get("created_by")
        createdAt = Instant(microseconds: try row.get("created_at"))
        updatedAt = Instant(microseconds: try row.get("updated_at"))
        let closed: Int64? = try row.get("closed_at")
        closedAt = closed.map { Instant(microseconds: $0) }
    }
}

extension Reading where Self: ~Copyable {
    /// A case with its team.
    borrowing func matter(_ id: Int) throws(StoreError) -> Matter? {
        guard var matter: Matter = try first("SELECT * FROM legalcases_matter WHERE id = \(id)") else { return nil }
        matter.team = Set(
            try values("SELECT person_id FROM legalcases_team WHERE matter_id = \(id)", as: PersonID.self))
        return matter
    }
}
