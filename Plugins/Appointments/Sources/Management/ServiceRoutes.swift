internal import PluginAPI

/// Services as the clinic's people see and change them.
extension Appointments {
    /// `GET /v1/services`
    func clinicServices(_ asked: ServicesManaged, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws
        -> Page<ServiceRecord>
    {
        // What is offered is no secret: everybody who may see services sees all of them.
        _ = call.reach
        let filter: SQL = asked.includeInactive ? "" : "WHERE is_active = 1"
        let all: [ServiceRow] = try tx.all("SELECT * FROM appointments_service \(filter) ORDER BY name, id")
        let offers = try tx.offers()
        let there = all.filter { row in asked.branchId.map { offers.branches(of: row.id).contains($0) } ?? true }
        let page = Paging.cut(there, page: asked.page, limit: asked.limit).map { ServiceRecord($0, offers) }
        return Page(page, PageNumbers(page: asked.page, limit: asked.limit, total: there.count))
    }

    /// `GET /v1/services/{serviceId}`
    func clinicService(_ named: ServiceNamed, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws
        -> ServiceRecord
    {
        _ = call.reach
        guard let record = try tx.serviceRecord(named.serviceId) else { throw Problem.notFound }
        return record
    }

    /// `POST /v1/services`: whoever manages some branches alone adds what is offered at those alone.
    func addService(_ new: ServiceCreate, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> ServiceRecord {
        if call.reach != .tenant {
            guard !new.branchIds.isEmpty else { throw Problem.invalid("branchIds", .missing, "must name a branch") }
            for branch in new.branchIds { try call.requireBranch(branch) }
        }
        let id = tx.newID("svc")
        try tx.run(
            """
            INSERT INTO appointments_service (id, name, description, duration_minutes, buffer_before, buffer_after,
                price_minor, currency, needs_room, needs_approval)
            VALUES (\(id), \(new.name), \(new.description), \(new.durationMinutes), \(new.bufferBeforeMinutes),
                \(new.bufferAfterMinutes), \(new.price?.amountMinor), \(new.price?.currency), \(new.needsRoom),
                \(new.needsApproval))
            """)
        try tx.offer(id, at: new.branchIds)
        try tx.offer(id, by: new.practitionerIds)
        guard let record = try tx.serviceRecord(id) else { throw Problem.notFound }
        try tx.audit(AuditEntry("service.added", on: Subject("service", id: id), details: ["name": .string(new.name)]))
        return record
    }

    /// `PATCH /v1/services/{id}`
    func changeService(_ change: ServiceChange, _ tx: borrowing Transaction, _ call: Call<Member>) throws
        -> ServiceRecord
    {
        guard let before = try tx.serviceRecord(change.id) else { throw Problem.notFound }
        if call.reach != .tenant { for branch in change.branchIds ?? [] { try call.requireBranch(branch) } }
        let columns = try change.columns()
        if !columns.isEmpty {
            try tx.run(
                "UPDATE appointments_service SET \(SQL.joined(columns, by: ", ")) WHERE id = \(change.id)")
        }
        if let branches = change.branchIds { try tx.offer(change.id, at: branches) }
        if let practitioners = change.practitionerIds { try tx.offer(change.id, by: practitioners) }
        guard let after = try tx.serviceRecord(change.id) else { throw Problem.notFound }
        if after != before {
            try tx.audit(
                AuditEntry(
                    "service.changed", on: Subject("service", id: change.id), before: before.tree, after: after.tree))
        }
        return after
    }

    /// A service belongs to a branch when it is offered there alone; else only who manages them all may change it.
    func serviceSubject(_ change: ServiceChange, _ tx: borrowing ReadTransaction) throws -> Subject? {
        try tx.serviceSubject(change.id)
    }

}

extension Reading where Self: ~Copyable {
    fileprivate borrowing func serviceSubject(_ id: String) throws(StoreError) -> Subject? {
        guard try serviceRow(id) != nil else { return nil }
        let branches: [String] = try values(
            "SELECT branch_id FROM appointments_service_branch WHERE service_id = \(id) LIMIT 2")
        return Subject("service", id: id, branch: branches.count == 1 ? branches.first : nil)
    }

    private borrowing func serviceRow(_ id: String) throws(StoreError) -> ServiceRow? {
        try first("SELECT * FROM appointments_service WHERE id = \(id)")
    }

    fileprivate borrowing func serviceRecord(_ id: String) throws(StoreError) -> ServiceRecord? {
        guard let row = try serviceRow(id) else { return nil }
        return ServiceRecord(row, try offers())
    }
}

extension Transaction {
    /// Says at which branches a service is offered, all of them.
    fileprivate borrowing func offer(_ service: String, at branches: [String]) throws {
        try run("DELETE FROM appointments_service_branch WHERE service_id = \(service)")
        for (index, branch) in branches.enumerated() {
            let known: String? = try value("SELECT id FROM appointments_branch WHERE id = \(branch)")
            guard known != nil else {
                throw Problem.invalid("branchIds[\(index)]", .notAllowed, "must be the id of a branch")
            }
            try run(
                """
                INSERT INTO appointments_service_branch (service_id, branch_id) VALUES (\(service), \(branch))
                ON CONFLICT DO NOTHING
                """)
        }
    }

    /// Says who performs a service, all of them.
    fileprivate borrowing func offer(_ service: String, by practitioners: [String]) throws {
        try run("DELETE FROM appointments_service_practitioner WHERE service_id = \(service)")
        for (index, practitioner) in practitioners.enumerated() {
            let known: String? = try value("SELECT id FROM appointments_practitioner WHERE id = \(practitioner)")
            guard known != nil else {
                throw Problem.invalid("practitionerIds[\(index)]", .notAllowed, "must be the id of a practitioner")
            }
            try run(
                """
                INSERT INTO appointments_service_practitioner (service_id, practitioner_id)
                VALUES (\(service), \(practitioner)) ON CONFLICT DO NOTHING
                """)
        }
    }
}
