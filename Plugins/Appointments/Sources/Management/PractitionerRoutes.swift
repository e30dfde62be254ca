internal import PluginAPI

/// Practitioners as the clinic's people see and change them.
extension Appointments {
    /// `GET /v1/practitioners`. Who works where is no secret: everybody who may see practitioners sees all of them.
    func practitioners(_ asked: PractitionersAsked, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws
        -> Page<PractitionerRecord>
    {
        _ = call.reach
        var conditions: [SQL] = ["1 = 1"]
        if !asked.includeInactive { conditions.append("is_active = 1") }
        if let branch = asked.branchId { conditions.append("branch_id = \(branch)") }
        if let service = asked.serviceId {
            conditions.append(
                """
                id IN (SELECT practitioner_id FROM appointments_service_practitioner WHERE service_id = \(service))
                """)
        }
        let filter = "WHERE" + SQL.joined(conditions, by: " AND ")
        let total: Int = try tx.value("SELECT count(*) FROM appointments_practitioner" + filter) ?? 0
        let rows: [PractitionerDetails] = try tx.all(
            PractitionerDetails.select + filter
                + "ORDER BY name, id LIMIT \(asked.limit) OFFSET \((asked.page - 1) * asked.limit)")
        return Page(
            try tx.records(of: rows), PageNumbers(page: asked.page, limit: asked.limit, total: total))
    }

    /// `GET /v1/practitioners/{practitionerId}`
    func practitioner(_ named: PractitionerNamed, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws
        -> PractitionerRecord
    {
        _ = call.reach
        guard let record = try tx.practitionerRecord(named.practitionerId) else { throw Problem.notFound }
        return record
    }

    /// `POST /v1/practitioners`
    func addPractitioner(_ new: PractitionerCreate, _ tx: borrowing Transaction, _ call: Call<Member>) throws
        -> PractitionerRecord
    {
        guard try tx.branch(new.branchId) != nil else {
            throw Problem.invalid("branchId", .notAllowed, "must be the id of a branch")
        }
        try call.requireBranch(new.branchId)
        let mistakes =
            HoursCheck.mistakes(new.workingHours, "workingHours") + HoursCheck.mistakes(new.exceptions, "exceptions")
        guard mistakes.isEmpty else { throw Problem.invalid(mistakes) }
        try tx.checkUser(new.userId)
        let id = tx.newID("prc")
        try tx.run(
            """
            INSERT INTO appointments_practitioner (id, name, branch_id, person_id)
            VALUES (\(id), \(new.name), \(new.branchId), \(new.userId))
            """)
        try tx.set(hours: new.workingHours, of: id)
        try tx.set(days: new.exceptions, of: id)
        try tx.set(services: new.serviceIds, of: id)
        guard let record = try tx.practitionerRecord(id) else { throw Problem.notFound }
        try tx.audit(
            AuditEntry("practitioner.added", on: Subject("practitioner", id: id, branch: new.branchId)))
        return record
    }

    /// `PATCH /v1/practitioners/{id}`
    func changePractitioner(_ change: PractitionerChange, _ tx: borrowing Transaction, _ call: Call<Member>) throws
        -> PractitionerRecord
    {
        guard let before = try tx.practitionerRecord(change.id) else { throw Problem.notFound }
        let mistakes =
            HoursCheck.mistakes(change.workingHours ?? [], "workingHours")
            + HoursCheck.mistakes(change.exceptions ?? [], "exceptions")
        guard mistakes.isEmpty else { throw Problem.invalid(mistakes) }
        if change.isActive == false, before.isActive, try tx.hasVisitsAhead(practitioner: change.id) {
            throw ManagementRefusal.visitsAhead
        }
        if case .set(let user) = change.userId, user != before.userId { try tx.checkUser(user) }
        try tx.run(
            """
            UPDATE appointments_practitioner SET name = \(change.name ?? before.name),
                person_id = \(change.userId.applied(to: before.userId)),
                is_active = \(change.isActive ?? before.isActive) WHERE id = \(change.id)
            """)
        if let hours = change.workingHours { try tx.set(hours: hours, of: change.id) }
        if let days = change.exceptions { try tx.set(days: days, of: change.id) }
        if let services = change.serviceIds { try tx.set(services: services, of: change.id) }
        guard let after = try tx.practitionerRecord(change.id) else { throw Problem.notFound }
        if after != before {
            let subject = Subject("practitioner", id: change.id, branch: after.branchId)
            try tx.audit(AuditEntry("practitioner.changed", on: subject, before: before.tree, after: after.tree))
        }
        return after
    }

    func practitionerSubject(_ change: PractitionerChange, _ tx: borrowing ReadTransaction) throws -> Subject? {
        try tx.practitionerSubject(change.id)
    }
}

/// A practitioner as the table holds them, with what only the clinic sees.
struct PractitionerDetails: Record {
    let id: String
    let name: String
    let branch: String
    let person: PersonID?
    let isActive: Bool

    static let select: SQL = "SELECT id, name, branch_id, person_id, is_active FROM appointments_practitioner"

    init(row: borrowing Row) throws(StoreError) {
        id = try row.get(at: 0)
        name = try row.get(at: 1)
        branch = try row.get(at: 2)
        person = try row.get(at: 3)
        isActive = try row.get(at: 4)
    }
}

extension Reading where Self: ~Copyable {
    /// A practitioner, for deciding who may do something about them.
    borrowing func practitionerSubject(_ id: String) throws(StoreError) -> Subject? {
        let row: PractitionerDetails? = try first(PractitionerDetails.select + "WHERE id = \(id)")
        return row.map { row in
            Subject("practitioner", id: row.id, branch: row.branch, assignees: Set([row.person].compactMap { $0 }))
        }
    }

    fileprivate borrowing func practitionerRecord(_ id: String) throws(StoreError) -> PractitionerRecord? {
        let rows: [PractitionerDetails] = try all(PractitionerDetails.select + "WHERE id = \(id)")
        return try records(of: rows).first
    }

    fileprivate borrowing func records(of rows: [PractitionerDetails]) throws(StoreError) -> [PractitionerRecord] {
        let ids = rows.map(\.id)
        let hours = try hours(of: ids, exceptionsFrom: Zone.utc.day(at: now) - 1)
        let services: [OfferRow] = try all(
            """
            SELECT service_id AS service, practitioner_id AS other FROM appointments_service_practitioner
            WHERE practitioner_id IN \(SQL.list(ids)) ORDER BY 1
            """)
        let performed = Dictionary(grouping: services, by: \.other).mapValues { $0.map(\.service) }
        return rows.map { row in
            PractitionerRecord(
                id: row.id, name: row.name, branchId: row.branch, userId: row.person,
                workingHours: hours[row.id]?.spans ?? [], exceptions: hours[row.id]?.days ?? [],
                serviceIds: performed[row.id] ?? [], isActive: row.isActive)
        }
    }

    fileprivate borrowing func hasVisitsAhead(practitioner: String) throws(StoreError) -> Bool {
        let found: Int? = try value(
            """
            SELECT 1 FROM appointments_appointment WHERE practitioner_id = \(practitioner)
            AND start_at > \(now.microseconds) AND state IN \(SQL.list(AppointmentState.occupying)) LIMIT 1
            """)
        return found != nil
    }
}

extension Transaction {
    /// An account is one practitioner's at most.
    fileprivate borrowing func checkUser(_ user: PersonID?) throws {
        guard let user else { return }
        guard try person(user) != nil else {
            throw Problem.invalid("userId", .notAllowed, "must be the id of an account")
        }
        let taken: String? = try value("SELECT id FROM appointments_practitioner WHERE person_id = \(user)")
        guard taken == nil else { throw Problem.invalid("userId", .notAllowed, "is another practitioner's account") }
    }

    fileprivate borrowing func set(services: [String], of practitioner: String) throws {
        try run("DELETE FROM appointments_service_practitioner WHERE practitioner_id = \(practitioner)")
        for (index, service) in services.enumerated() {
            let known: String? = try value("SELECT id FROM appointments_service WHERE id = \(service)")
            guard known != nil else {
                throw Problem.invalid("serviceIds[\(index)]", .notAllowed, "must be the id of a service")
            }
            try run(
                """
                INSERT INTO appointments_service_practitioner (service_id, practitioner_id)
                VALUES (\(service), \(practitioner)) ON CONFLICT DO NOTHING
                """)
        }
    }
}
