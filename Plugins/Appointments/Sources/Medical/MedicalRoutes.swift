internal import PluginAPI

/// Every change is kept, with who and when; what was written is never written over.
extension Appointments {
    /// `GET /api/customer/medical-history`
    func medicalHistory(_ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> MedicalHistory {
        guard let customer = try tx.customer(of: call.caller.id) else { throw Problem.notFound }
        return try tx.medicalHistory(of: customer.id)?.history ?? .none
    }

    /// `PUT /api/customer/medical-history`
    func changeMedicalHistory(_ new: MedicalHistory, _ tx: borrowing Transaction, _ call: Call<Member>) throws
        -> MedicalHistory
    {
        guard let customer = try tx.customer(of: call.caller.id) else { throw BookingRefusal.notACustomer }
        try keep(new, of: customer, by: call.caller.principal.person, tx)
        return new
    }

    /// `GET /api/customer/medical-history/versions`
    func medicalVersions(_ asked: ListAsked, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws
        -> Page<MedicalVersion>
    {
        guard let customer = try tx.customer(of: call.caller.id) else { throw Problem.notFound }
        return try tx.medicalVersions(of: customer.id, page: asked.page, limit: asked.limit)
    }

    /// `GET /v1/patients/{patientId}/medical-history`: that somebody of the clinic read it, is kept.
    func patientHistory(_ named: PatientNamed, _ call: Call<Member>) async throws -> MedicalHistory {
        try await call.store.write { tx in
            guard let customer = try tx.customer(named.patientId) else { throw Problem.notFound }
            try tx.audit(AuditEntry("medical-history.read", on: customer.subject))
            return try tx.medicalHistory(of: customer.id)?.history ?? .none
        }
    }

    /// `PUT /v1/patients/{patientId}/medical-history`
    func changePatientHistory(_ change: PatientHistoryChange, _ tx: borrowing Transaction, _ call: Call<Member>) throws
        -> MedicalHistory
    {
        guard let customer = try tx.customer(change.patientId) else { throw Problem.notFound }
        try keep(change.history, of: customer, by: call.caller.principal.person, tx)
        return change.history
    }

    /// `GET /v1/patients/{patientId}/medical-history/versions`
    func patientVersions(_ asked: PatientVersionsAsked, _ call: Call<Member>) async throws -> Page<MedicalVersion> {
        try await call.store.write { tx in
            guard let customer = try tx.customer(asked.patientId) else { throw Problem.notFound }
            try tx.audit(AuditEntry("medical-history.read", on: customer.subject))
            return try tx.medicalVersions(of: customer.id, page: asked.page, limit: asked.limit)
        }
    }

    func patientSubject(_ change: PatientHistoryChange, _ tx: borrowing ReadTransaction) throws -> Subject? {
        try tx.customer(change.patientId).map(\.subject)
    }

    func patientSubject(_ asked: PatientVersionsAsked, _ tx: borrowing ReadTransaction) throws -> Subject? {
        try tx.customer(asked.patientId).map(\.subject)
    }

    private func keep(
        _ new: MedicalHistory, of customer: CustomerRow, by person: PersonID, _ tx: borrowing Transaction
    ) throws {
        let last = try tx.medicalHistory(of: customer.id)
        guard new != last?.history ?? .none else { return }
        let version = (last?.version ?? 0) + 1
        try tx.run(
            """
            INSERT INTO appointments_medical (id, customer_id, person_id, version, content, changed_by, changed_at)
            VALUES (\(tx.newID("med")), \(customer.id), \(customer.person), \(version), \(Sealed(new)), \(person),
                \(tx.now.microseconds))
            """)
        try tx.audit(
            AuditEntry("medical-history.changed", on: customer.subject, details: ["version": .integer(Int64(version))]))
    }
}

extension Reading where Self: ~Copyable {
    /// A patient's medical history as it stands; nil when nothing was ever written.
    fileprivate borrowing func medicalHistory(of customer: String) throws(StoreError) -> MedicalVersion? {
        let row: MedicalRow? = try first(
            MedicalRow.select + "WHERE customer_id = \(customer) ORDER BY version DESC LIMIT 1")
        return row?.version
    }

    /// All versions, the latest first.
    fileprivate borrowing func medicalVersions(of customer: String, page: Int, limit: Int) throws(StoreError)
        -> Page<MedicalVersion>
    {
        let total: Int = try value("SELECT count(*) FROM appointments_medical WHERE customer_id = \(customer)") ?? 0
        let rows: [MedicalRow] = try all(
            MedicalRow.select
                + "WHERE customer_id = \(customer) ORDER BY version DESC LIMIT \(limit) OFFSET \((page - 1) * limit)")
        return Page(rows.map(\.version), PageNumbers(page: page, limit: limit, total: total))
    }
}

/// The input of `PUT /v1/patients/{patientId}/medical-history`.
struct PatientHistoryChange: Described {
    let patientId: String
    let history: MedicalHistory

    private init(patientId: String, allergies: [String], medications: [String], conditions: [String], notes: String) {
        self.patientId = patientId
        history = MedicalHistory(allergies: allergies, medications: medications, conditions: conditions, notes: notes)
    }

    private static let entries = Schema<[String]>.list(.string(1...500), 0...200)

    static let schema = Schema<PatientHistoryChange>.object(
        PatientHistoryChange.init(patientId:allergies:medications:conditions:notes:),
        Field("patientId", \.patientId, .string(1...64), in: .path),
        Field("allergies", \.history.allergies, entries, default: []),
        Field("medications", \.history.medications, entries, default: []),
        Field("conditions", \.history.conditions, entries, default: []),
        Field("notes", \.history.notes, .string(0...10_000), default: ""))
}

/// The input of `GET /v1/patients/{patientId}/medical-history/versions`.
struct PatientVersionsAsked: Described {
    let patientId: String
    let page: Int
    let limit: Int

    static let schema = Schema<PatientVersionsAsked>.object(
        PatientVersionsAsked.init(patientId:page:limit:),
        Field("patientId", \.patientId, .string(1...64), in: .path),
        Field("page", \.page, Paging.number, in: .query, default: 1),
        Field("limit", \.limit, Paging.limit, in: .query, default: 20))
}
