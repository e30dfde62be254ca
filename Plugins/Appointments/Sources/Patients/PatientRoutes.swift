internal import PluginAPI

extension Appointments {
    /// `GET /v1/patients`
    func patients(_ asked: PatientsAsked, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> Page<Patient>
    {
        let reach = call.reach?.condition(owner: "person_id", branch: "branch_id") ?? "1 = 0"
        let filter = "WHERE" + SQL.joined([reach] + (try asked.conditions(tx)), by: " AND ")
        let total: Int = try tx.value("SELECT count(*) FROM appointments_customer" + filter) ?? 0
        let rows: [CustomerRow] = try tx.all(
            CustomerRow.select + filter
                + "ORDER BY name_key, id LIMIT \(asked.limit) OFFSET \((asked.page - 1) * asked.limit)")
        var patients: [Patient] = []
        for row in rows {
            if let person = try tx.person(row.person) { patients.append(Patient(row, person)) }
        }
        return Page(patients, PageNumbers(page: asked.page, limit: asked.limit, total: total))
    }

    /// `GET /v1/patients/{patientId}`
    func patient(_ named: PatientNamed, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> Patient {
        guard let patient = try tx.patient(named.patientId) else { throw Problem.notFound }
        return patient
    }

    /// The patient that a route names, for deciding who may see them.
    func patientSubject(_ named: PatientNamed, _ tx: borrowing ReadTransaction) throws -> Subject? {
        try tx.customer(named.patientId).map(\.subject)
    }

    func patientSubject(_ change: PatientChange, _ tx: borrowing ReadTransaction) throws -> Subject? {
        try tx.customer(change.patientId).map(\.subject)
    }

    func patientSubject(_ asked: PatientAppointmentsAsked, _ tx: borrowing ReadTransaction) throws -> Subject? {
        try tx.customer(asked.patientId).map(\.subject)
    }

    /// `DELETE /v1/patients/{patientId}`: the record stays, as the law demands; it is not in use any more.
    func removePatient(_ named: PatientNamed, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> Patient {
        guard let customer = try tx.customer(named.patientId) else { throw Problem.notFound }
        guard try tx.upcoming(of: customer.person) == 0 else { throw PatientRefusal.hasVisits }
        if customer.status != .inactive {
            try tx.changeCustomer(of: customer.person, ["status = \(CustomerStatus.inactive)"])
            try tx.audit(
                AuditEntry(
                    "customer.removed", on: customer.subject, before: .string(customer.status.rawValue),
                    after: .string(CustomerStatus.inactive.rawValue)))
        }
        guard let patient = try tx.patient(named.patientId) else { throw Problem.notFound }
        return patient
    }
}

extension CustomerRow {
    /// What deciding who may see the record needs.
    var subject: Subject { Subject("customer", id: id, owner: person, branch: branch) }
}

extension Reading where Self: ~Copyable {
    /// A patient as the clinic sees them.
    borrowing func patient(_ id: String) throws(StoreError) -> Patient? {
        guard let row = try customer(id), let account = try person(row.person) else { return nil }
        return Patient(row, account)
    }
}

/// The input of `GET /v1/patients` (seed 002 §1.3).
struct PatientsAsked: Described {
    let status: [CustomerStatus]?
    let search: String?
    let practiceId: String?
    let page: Int
    let limit: Int

    static let schema = Schema<PatientsAsked>.object(
        PatientsAsked.init(status:search:practiceId:page:limit:),
        Field(
            "status", \.status, .optional(.list(.oneOf, 1...3)), in: .query, note: "One or more, with commas between"),
        Field(
            "search", \.search, .optional(.string(1...100)), in: .query,
            note: "Part of a name, or a whole phone number or e-mail address"),
        Field("practiceId", \.practiceId, .optional(.string(1...64)), in: .query, note: "The branch they belong to"),
        Field("page", \.page, Paging.number, in: .query, default: 1),
        Field("limit", \.limit, Paging.limit, in: .query, default: 20))

    /// What a row must fulfil.
    func conditions(_ tx: borrowing ReadTransaction) throws(StoreError) -> [SQL] {
        var conditions: [SQL] = []
        if let status { conditions.append("status IN \(SQL.list(status))") }
        if let practiceId { conditions.append("branch_id = \(practiceId)") }
        if let search {
            var found: [PersonID] = []
            // A `+` that was not escaped arrives as a space.
            for text in [search, "+" + search] {
                if let phone = Phone(text), let person = try tx.person(withPhone: phone) { found.append(person.id) }
            }
            if let email = Email(search), let person = try tx.person(withEmail: email) { found.append(person.id) }
            conditions.append(
                "(instr(name_key, \(NameKey.folded(search))) > 0 OR person_id IN \(SQL.list(found)))")
        }
        return conditions
    }
}
