internal import PluginAPI

extension LegalCases {
    /// `GET /api/portal/cases/`
    func portalCases(_ asked: PageAsked, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws
        -> Page<CaseListed>
    {
        let from: SQL = "FROM legalcases_matter WHERE client_id = \(call.caller.id)"
        let total: Int = try tx.value("SELECT count(*)" + from) ?? 0
        let rows: [Matter] = try tx.all("SELECT *" + from + "ORDER BY id" + asked.rows)
        return asked.of(rows.map { CaseListed($0) }, total: total)
    }

    /// `GET /api/portal/cases/{case_id}/`
    func portalCase(_ named: CaseNamed, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> CaseShown {
        guard let matter = try tx.matter(named.id) else { throw Problem.notFound }
        var attorney: Attorney?
        if let lead = matter.lead, let account = try tx.person(lead) {
            attorney = Attorney(id: try tx.number(of: lead), name: account.name, email: account.email?.text ?? "")
        }
        return CaseShown(
            CaseListed(matter), attorney: attorney,
            documents: try tx.documentsInBrief(of: matter.id, isForClient: true),
            tasks: try tx.tasksInBrief(of: matter.id, isForClient: true, today: today(call)))
    }

    /// `GET /api/staff/cases/`
    func staffCases(_ asked: CasesAsked, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws
        -> Page<CaseListed>
    {
        guard let reach = call.reach else { throw Problem.forbidden }
        var conditions: [SQL] = []
        if let matters = try tx.matters(within: reach) { conditions.append("id IN \(SQL.numbers(matters))") }
        if let status = asked.status { conditions.append("state IN \(SQL.list(status.states))") }
        if let state = asked.state { conditions.append("state = \(state)") }
        if let type = asked.caseType { conditions.append("case_type = \(type)") }
        if let client = asked.client {
            conditions.append("client_id = (SELECT person_id FROM legalcases_client WHERE id = \(client))")
        }
        if let search = asked.search {
            conditions.append(
                "(instr(lower(title), lower(\(search))) > 0 OR instr(lower(number), lower(\(search))) > 0)")
        }
        let filter: SQL = conditions.isEmpty ? "" : "WHERE" + SQL.joined(conditions, by: " AND ")
        let total: Int = try tx.value("SELECT count(*) FROM legalcases_matter" + filter) ?? 0
        let rows: [Matter] = try tx.all(
            "SELECT * FROM legalcases_matter" + filter + "ORDER BY id DESC" + asked.paging.rows)
        return asked.paging.of(rows.map { CaseListed($0) }, total: total)
    }

    /// `GET /api/staff/cases/{case_id}/`
    func staffCase(_ named: CaseNamed, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> StaffCase {
        guard let matter = try tx.matter(named.id) else { throw Problem.notFound }
        return try tx.staffCase(matter, today: today(call))
    }
}

extension Reading where Self: ~Copyable {
    /// A case as the firm's people see it.
    borrowing func staffCase(_ matter: Matter, today: Day) throws -> StaffCase {
        var brief: ClientBrief?
        if let person = matter.client, let account = try self.person(person) {
            let client = try client(of: person)
            brief = ClientBrief(id: client?.id, name: account.name, companyName: client?.companyName ?? "")
        }
        return StaffCase(
            matter, client: brief, team: try team(of: matter),
            documents: try documentsInBrief(of: matter.id, isForClient: false),
            tasks: try tasksInBrief(of: matter.id, isForClient: false, today: today))
    }

    /// Who works on a case, whoever leads it in front.
    borrowing func team(of matter: Matter) throws(StoreError) -> [TeamMember] {
        var members: [TeamMember] = []
        for person in matter.team.sorted(by: { $0.rawValue < $1.rawValue }) {
            members.append(
                TeamMember(
                    id: try number(of: person), person: person, name: try self.person(person)?.name ?? "",
                    isLead: person == matter.lead))
        }
        return members.filter(\.isLead) + members.filter { !$0.isLead }
    }

    fileprivate borrowing func documentsInBrief(of matter: Int, isForClient: Bool) throws(StoreError) -> [DocumentBrief]
    {
        let filter = DocumentFilter(
            matters: [matter], isForClient: isForClient, matter: matter, folder: nil, search: nil)
        return try documents(filter, page: 1, limit: 50).0.map {
            DocumentBrief(
                id: $0.id, title: $0.title, fileType: $0.version.fileType, uploadedAt: $0.version.uploadedAt)
        }
    }

    fileprivate borrowing func tasksInBrief(of matter: Int, isForClient: Bool, today: Day) throws(StoreError)
        -> [TaskBrief]
    {
        let asked = TasksAsked(matter: matter, status: nil, overdue: nil, page: 1, pageSize: 50)
        return try tasks(asked, within: [matter], isForClient: isForClient, today: today).0.map {
            TaskBrief(id: $0.id, title: $0.title, status: $0.state.status, dueDate: $0.dueDate)
        }
    }
}
