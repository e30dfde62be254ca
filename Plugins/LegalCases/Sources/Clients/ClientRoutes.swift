internal import Matching
internal import PluginAPI

extension LegalCases {
    static let clientRoutes: [Route<Self>] = [
        .get(
            "/api/portal/profile/", .reading(Self.profile), needs: .own(.usePortal), "The caller's own profile."),
        .patch(
            "/api/portal/profile/", .transactional(Self.changeProfile), needs: .own(.usePortal),
            refuses: [ClientRefusal.self], "Changes how the caller is reached; the name the firm changes."),
        .get("/api/staff/clients/", .reading(Self.clients), needs: .listing(.readClients), "Clients, by their names."),
        .post(
            "/api/staff/clients/", .transactional(Self.addClient), needs: .listing(.writeClients),
            refuses: [ClientRefusal.self], "An account with the role of a client, and the firm's record of it."),
        .get(
            "/api/staff/clients/{client_id}/", .reading(Self.client),
            needs: .permission(.readClients, of: Self.clientSubject), "One client."),
        .patch(
            "/api/staff/clients/{client_id}/", .transactional(Self.changeClient),
            needs: .permission(.writeClients, of: Self.clientToChange), refuses: [ClientRefusal.self],
            "Changes a client: fields left out stay."),
    ]

    func clientSubject(_ named: ClientNamed, _ tx: borrowing ReadTransaction) throws -> Subject? {
        try tx.client(named.id).map { client in try tx.subject(of: client) }
    }

    func clientToChange(_ change: ClientChange, _ tx: borrowing ReadTransaction) throws -> Subject? {
        try tx.client(change.id).map { client in try tx.subject(of: client) }
    }

    /// `GET /api/portal/profile/`
    func profile(_ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> ClientShown {
        guard let client = try tx.client(of: call.caller.id), let shown = try tx.shown(client) else {
            throw Problem.notFound
        }
        return shown
    }

    /// `PATCH /api/portal/profile/`
    func changeProfile(_ change: ProfileChange, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> ClientShown
    {
        guard let client = try tx.client(of: call.caller.id) else { throw ClientRefusal.notAClient }
        var account = PersonChange()
        account.phone = change.phone
        return try self.change(client, account, change.companyName, change.address, tx)
    }

    /// `GET /api/staff/clients/`
    func clients(_ asked: ClientsAsked, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> Page<
        ClientShown
    > {
        var conditions: [SQL] = [Self.clients(within: call.reach)]
        if let search = asked.search { conditions.append("instr(c.name_key, \(FoldedText(search).text)) > 0") }
        let from: SQL = "FROM legalcases_client c WHERE" + SQL.joined(conditions, by: " AND ")
        let total: Int = try tx.value("SELECT count(*)" + from) ?? 0
        let rows: [ClientRow] = try tx.all("SELECT c.*" + from + "ORDER BY c.name_key, c.id" + asked.paging.rows)
        var items: [ClientShown] = []
        for row in rows {
            if let shown = try tx.shown(row) { items.append(shown) }
        }
        return asked.paging.of(items, total: total)
    }

    /// Which clients lie within a reach.
    private static func clients(within reach: Reach?) -> SQL {
        switch reach {
        case .tenant?: "1 = 1"
        case .assigned(let person)?:
            """
            (c.created_by = \(person) OR EXISTS (
                SELECT 1 FROM legalcases_matter m JOIN legalcases_team t ON t.matter_id = m.id
                WHERE m.client_id = c.person_id AND t.person_id = \(person)))
            """
        case .own(let person)?: "c.person_id = \(person)"
        case .branches?, nil: "1 = 0"
        }
    }

    /// `POST /api/staff/clients/`
    func addClient(_ new: NewClient, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> ClientShown {
        let author = call.caller.principal.person
        let person: PersonID
        if call.reach == .tenant, let known = try tx.person(withEmail: new.email) {
            // Only whoever sees all clients may learn that an account is somebody's already.
            person = known.id
        } else {
            do throws(StoreError) {
                person = try tx.addPerson(new.account)
            } catch {
                guard case .unique = error.kind else { throw error }
                throw ClientRefusal.exists
            }
        }
        guard try tx.client(of: person) == nil else { throw ClientRefusal.exists }
        try tx.grant(Role.client.name, to: person)
        try tx.add(client: person, companyName: new.companyName, address: new.address, by: author)
        guard let client = try tx.client(of: person), let shown = try tx.shown(client) else { throw Problem.fault }
        try tx.audit(AuditEntry("client.added", on: Subject("client", id: "\(client.id)", owner: person)))
        return shown
    }

    /// `GET /api/staff/clients/{client_id}/`
    func client(_ named: ClientNamed, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> ClientShown {
        guard let client = try tx.client(named.id), let shown = try tx.shown(client) else { throw Problem.notFound }
        return shown
    }

    /// `PATCH /api/staff/clients/{client_id}/`
    func changeClient(_ change: ClientChange, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> ClientShown {
        guard let client = try tx.client(change.id) else { throw Problem.notFound }
        let kept = [("first_name", change.firstName), ("last_name", change.lastName)]
        for (field, name) in kept where name == .clear { throw Problem.invalid(field, .missing, "must not be empty") }
        if change.email == .clear { throw Problem.invalid("email", .missing, "must not be empty") }
        var account = PersonChange()
        account.givenName = change.firstName
        account.familyName = change.lastName
        account.email = change.email
        account.phone = change.phone
        return try self.change(client, account, change.companyName, change.address, tx)
    }

    private func change(
        _ client: ClientRow, _ account: PersonChange, _ companyName: Change<String>, _ address: Change<String>,
        _ tx: borrowing Transaction
    ) throws -> ClientShown {
        do throws(StoreError) {
            try tx.changePerson(client.person, account)
        } catch {
            guard case .unique = error.kind else { throw error }
            throw ClientRefusal.exists
        }
        try tx.run(
            """
            UPDATE legalcases_client SET company_name = \(companyName.applied(to: client.companyName) ?? ""),
                address = \(address.applied(to: client.address) ?? ""), updated_at = \(tx.now.microseconds)
            WHERE id = \(client.id)
            """)
        try tx.setNameKey(of: client.person)
        try tx.audit(AuditEntry("client.changed", on: Subject("client", id: "\(client.id)", owner: client.person)))
        guard let row = try tx.client(client.id), let shown = try tx.shown(row) else { throw Problem.fault }
        return shown
    }
}

/// Why a client is not added or shown.
enum ClientRefusal: Refusal {
    case exists, notAClient

    var problem: Problem {
        switch self {
        case .exists: .duplicate("An account has this e-mail address or phone number already.")
        case .notAClient: Problem(403, "NOT_A_CLIENT", "Only clients of the firm have this.")
        }
    }
}
