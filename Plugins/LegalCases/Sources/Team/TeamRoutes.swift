internal import PluginAPI

extension LegalCases {
    static let teamRoutes: [Route<Self>] = [
        .put(
            "/api/staff/cases/{case_id}/team/{person_id}/", .transactional(Self.putOnTeam),
            needs: .permission(.staffCases, of: Self.caseSubject), refuses: [CaseRefusal.self],
            "Puts somebody on the team, who then sees all of the case, or lets them lead it."),
        .delete(
            "/api/staff/cases/{case_id}/team/{person_id}/", .transactional(Self.takeOffTeam),
            needs: .permission(.staffCases, of: Self.caseSubject), refuses: [CaseRefusal.self],
            "Takes somebody off the team; they see nothing of the case from then on."),
    ]
    /// `PUT /api/staff/cases/{case_id}/team/{person_id}/`
    func putOnTeam(_ change: TeamChange, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> StaffCase {
        guard let old = try tx.matter(change.id) else { throw Problem.notFound }
        guard old.state != .archived else { throw CaseRefusal.closed }
        let author = call.caller.principal.person
        try join(change.person, old.id, tx)
        if change.isLead {
            try tx.run("UPDATE legalcases_matter SET lead_id = \(change.person) WHERE id = \(old.id)")
        }
        guard let matter = try tx.matter(old.id) else { throw Problem.fault }
        if !old.team.contains(change.person), change.person != author {
            try tx.notify(Notice(.caseAssigned, to: change.person, about: matter.subject, matter.words))
        }
        try remindOfDeadlines(of: matter, call.tenant.zone, tx)
        try remindOfTasks(of: matter, in: call.tenant.zone, tx)
        try announceChanged(matter, from: old, "team", by: author, tx)
        return try tx.staffCase(matter, today: today(call))
    }

    /// `DELETE /api/staff/cases/{case_id}/team/{person_id}/`
    func takeOffTeam(_ named: TeamNamed, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> NoContent {
        guard let old = try tx.matter(named.id), old.team.contains(named.person) else { throw Problem.notFound }
        guard old.team.count > 1 else { throw CaseRefusal.lastOfTeam }
        try tx.run("DELETE FROM legalcases_team WHERE matter_id = \(old.id) AND person_id = \(named.person)")
        try tx.run(
            "UPDATE legalcases_matter SET lead_id = NULL WHERE id = \(old.id) AND lead_id = \(named.person)")
        // What was theirs to do is anybody's of the team.
        try tx.run(
            """
            UPDATE legalcases_task SET assignee = NULL, updated_at = \(tx.now.microseconds)
            WHERE matter_id = \(old.id) AND assignee = \(named.person) AND state IN \(SQL.list(TaskState.open))
            """)
        for id in try threads(of: old.id, tx) { try tx.leave(named.person, id) }
        guard let matter = try tx.matter(old.id) else { throw Problem.fault }
        try remindOfDeadlines(of: matter, call.tenant.zone, tx)
        try remindOfTasks(of: matter, in: call.tenant.zone, tx)
        try announceChanged(matter, from: old, "team", by: call.caller.principal.person, tx)
        return NoContent()
    }

    /// Puts somebody on a case's team, and into its threads.
    func join(_ person: PersonID, _ id: Int, _ tx: borrowing Transaction) throws {
        guard try tx.person(person) != nil, try tx.client(of: person) == nil else {
            throw Problem.invalid("team", .notAllowed, "must be ids of people of the firm")
        }
        try tx.numbered(person)
        try tx.run(
            """
            INSERT INTO legalcases_team (matter_id, person_id, since) VALUES (\(id), \(person), \(tx.now.microseconds))
            ON CONFLICT DO NOTHING
            """)
        for thread in try threads(of: id, tx) { try tx.join(person, .staff, in: thread) }
    }

    /// The threads about a case.
    private func threads(of id: Int, _ tx: borrowing Transaction) throws -> [ConversationID] {
        var filter = ConversationFilter()
        filter.about = Conversation.Reference(kind: "case", id: "\(id)")
        return try tx.reading { try $0.conversations(filter, page: 1, limit: 1000).items.map(\.id) }
    }
}

/// Somebody who is put on a team.
struct TeamChange: NamesCase {
    let id: Int
    let person: PersonID
    let isLead: Bool

    static let schema = Schema<TeamChange>.object(
        TeamChange.init(id:person:isLead:), Field("case_id", \.id, .number, in: .path),
        Field("person_id", \.person, PersonID.schema, in: .path),
        Field("is_lead", \.isLead, .bool, default: false, note: "Whether they answer for the case from now on"))
}

/// Somebody of a team.
struct TeamNamed: NamesCase {
    let id: Int
    let person: PersonID

    static let schema = Schema<TeamNamed>.object(
        TeamNamed.init(id:person:), Field("case_id", \.id, .number, in: .path),
        Field("person_id", \.person, PersonID.schema, in: .path))
}
