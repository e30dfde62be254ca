internal import PluginAPI

extension LegalCases {
    /// `POST /api/staff/cases/`
    func openCase(_ new: NewCase, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> StaffCase {
        guard let reach = call.reach else { throw Problem.forbidden }
        let author = call.caller.principal.person
        guard let type = new.caseType.map({ settings.caseType($0) }) ?? settings.caseTypes.last else {
            throw Problem.invalid(
                "case_type", .notAllowed, "must be one of \(settings.caseTypes.map(\.code).joined(separator: ", "))")
        }
        let client = try new.client.map { number in try self.client(number, reach, tx) }
        let id = try open(
            new, type, client, by: author, on: new.openDate ?? today(call), team: Set(new.team).union([author]), tx)
        guard let matter = try tx.matter(id) else { throw Problem.fault }
        return try tx.staffCase(matter, today: today(call))
    }

    /// A client that a case may be opened for.
    private func client(_ number: Int, _ reach: Reach, _ tx: borrowing Transaction) throws -> PersonID {
        guard let client = try tx.client(number), reach.covers(try tx.subject(of: client)) else {
            throw Problem.invalid("client", .notAllowed, "must be the number of a client")
        }
        return client.person
    }

    /// Opens a case.
    ///
    /// - Parameter author: leads it until the team says otherwise.
    /// - Returns: its id.
    func open(
        _ new: NewCase, _ type: CaseType, _ client: PersonID?, by author: PersonID, on day: Day, team: Set<PersonID>,
        _ tx: borrowing Transaction
    ) throws -> Int {
        let number = try tx.nextNumber(of: type, year: day.year)
        let id: Int? = try tx.value(
            """
            INSERT INTO legalcases_matter (number, title, description, case_type, state, client_id, lead_id, open_date,
                created_by, created_at, updated_at)
            VALUES (\(number), \(new.title), \(new.description), \(type.code), 'intake', \(client), \(author),
                \(day.description), \(author), \(tx.now.microseconds), \(tx.now.microseconds))
            RETURNING id
            """)
        guard let id else { throw Problem.fault }
        for person in team.sorted(by: { $0.rawValue < $1.rawValue }) { try join(person, id, tx) }
        if let client { try tx.add(client: client, to: id) }
        for party in new.parties { try tx.add(party, to: id, person: nil) }
        guard let matter = try tx.matter(id) else { throw Problem.fault }
        try announceOpened(matter, by: author, tx)
        return id
    }

    /// `PATCH /api/staff/cases/{case_id}/`
    func changeCase(_ change: CaseChange, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> StaffCase {
        guard let matter = try tx.matter(change.id) else { throw Problem.notFound }
        guard matter.state != .archived else { throw CaseRefusal.closed }
        if change.title == .clear { throw Problem.invalid("title", .missing, "must not be empty") }
        if change.openDate == .clear { throw Problem.invalid("open_date", .missing, "must not be empty") }
        var client = matter.client
        switch change.client {
        case .keep: break
        case .clear: throw Problem.invalid("client", .notAllowed, "cannot be taken away")
        case .set(let number):
            guard let reach = call.caller.principal.reach(of: .readClients) else { throw Problem.forbidden }
            let found = try self.client(number, reach, tx)
            guard matter.client == nil || matter.client == found else { throw CaseRefusal.hasClient }
            client = found
        }
        try tx.run(
            """
            UPDATE legalcases_matter SET title = \(change.title.applied(to: matter.title) ?? matter.title),
                description = \(change.description.applied(to: matter.description) ?? ""), client_id = \(client),
                open_date = \((change.openDate.applied(to: matter.openDate) ?? matter.openDate).description),
                updated_at = \(tx.now.microseconds)
            WHERE id = \(matter.id)
            """)
        if let client, matter.client == nil {
            try tx.add(client: client, to: matter.id)
            try tx.give(papersOf: matter.id, to: client)
        }
        return try changed(matter, "details", by: call.caller.principal.person, tx, call)
    }

    /// `POST /api/staff/cases/{case_id}/…/`
    func move(
        _ move: MatterState.Move, _ asked: CaseMove, _ tx: borrowing Transaction, _ call: Call<Member>
    ) throws -> StaffCase {
        guard let matter = try tx.matter(asked.id) else { throw Problem.notFound }
        let author = call.caller.principal.person
        guard move.table.from.contains(matter.state) else { throw CaseRefusal.notNow(matter.state) }
        if move == .engage { try requireClear(matter, tx) }
        try tx.set(move.table.to, of: matter, because: asked.reason)
        if move == .checkConflicts { try checkConflicts(of: matter, by: author, tx) }
        if move == .open, matter.stage == nil, let first = settings.caseType(matter.caseType)?.stages.first {
            try enter(first, matter.id, by: author, tx, call)
        }
        if let moved = try tx.matter(matter.id) { try remindOfTasks(of: moved, in: call.tenant.zone, tx) }
        return try changed(matter, move.rawValue, by: author, tx, call)
    }

    /// `PUT /api/staff/cases/{case_id}/stage/`
    func setStage(_ change: StageChange, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> StaffCase {
        guard let matter = try tx.matter(change.id) else { throw Problem.notFound }
        guard matter.takesNew else { throw CaseRefusal.closed }
        let stages = settings.caseType(matter.caseType)?.stages ?? []
        guard let stage = stages.first(where: { $0.name == change.stage }) else {
            throw Problem.invalid(
                "stage", .notAllowed,
                stages.isEmpty
                    ? "is none: cases of this kind have none"
                    : "must be one of \(stages.map(\.name).joined(separator: ", "))")
        }
        let author = call.caller.principal.person
        try enter(stage, matter.id, by: author, tx, call)
        return try changed(matter, "stage", by: author, tx, call)
    }

    private func enter(
        _ stage: CaseType.Stage, _ id: Int, by author: PersonID, _ tx: borrowing Transaction, _ call: Call<Member>
    ) throws {
        try tx.run(
            """
            UPDATE legalcases_matter SET stage = \(stage.name), updated_at = \(tx.now.microseconds) WHERE id = \(id)
            """)
        guard let matter = try tx.matter(id) else { throw Problem.fault }
        try setTasks(stage.tasks, of: stage.name, in: matter, by: author, call.tenant.zone, tx)
    }

    /// Tells of a change, and shows the case as it is then.
    private func changed(
        _ old: Matter, _ what: String, by author: PersonID, _ tx: borrowing Transaction, _ call: Call<Member>
    ) throws -> StaffCase {
        guard let matter = try tx.matter(old.id) else { throw Problem.fault }
        try announceChanged(matter, from: old, what, by: author, tx)
        return try tx.staffCase(matter, today: today(call))
    }
}

extension Transaction {
    /// The next number of a kind's cases: `CD-2023-001`.
    fileprivate borrowing func nextNumber(of type: CaseType, year: Int) throws(StoreError) -> String {
        let last: Int =
            try value(
                """
                INSERT INTO legalcases_case_number (prefix, year, last) VALUES (\(type.prefix), \(year), 1)
                ON CONFLICT (prefix, year) DO UPDATE SET last = last + 1 RETURNING last
                """) ?? 1
        let digits = String(last)
        return "\(type.prefix)-\(year)-" + String(repeating: "0", count: max(0, 3 - digits.count)) + digits
    }

    fileprivate borrowing func set(_ state: MatterState, of matter: Matter, because reason: String?) throws(StoreError)
    {
        let closedAt: Int64? =
            state.status == .closed || state == .archived
            ? (matter.closedAt ?? now).microseconds : nil
        try run(
            """
            UPDATE legalcases_matter SET state = \(state), closed_at = \(closedAt),
                closed_because = \(state == .closed ? reason : matter.closedBecause), updated_at = \(now.microseconds)
            WHERE id = \(matter.id)
            """)
    }
}
