internal import PluginAPI

extension Appointments {
    /// `GET /v1/appointments`: what the caller's role reaches, in the order of time.
    func clinicAppointments(_ asked: ClinicAppointmentsAsked, _ tx: borrowing ReadTransaction, _ call: Call<Member>)
        throws -> Page<Appointment>
    {
        let reach = call.reach?.condition(owner: "a.person_id", branch: "a.branch_id") ?? "1 = 0"
        return try clinicAppointments([reach] + asked.conditions, page: asked.page, limit: asked.limit, tx, call)
    }

    /// `GET /v1/patients/{patientId}/appointments`
    func patientAppointments(_ asked: PatientAppointmentsAsked, _ tx: borrowing ReadTransaction, _ call: Call<Member>)
        throws -> Page<Appointment>
    {
        let conditions: [SQL] = ["a.customer_id = \(asked.patientId)", "a.state <> 'held'"]
        return try clinicAppointments(conditions, page: asked.page, limit: asked.limit, tx, call)
    }

    private func clinicAppointments(
        _ conditions: [SQL], page: Int, limit: Int, _ tx: borrowing ReadTransaction, _ call: Call<Member>
    ) throws -> Page<Appointment> {
        let filter = "WHERE" + SQL.joined(conditions, by: " AND ")
        let total: Int = try tx.value("SELECT count(*) FROM appointments_appointment a" + filter) ?? 0
        let rows: [AppointmentRow] = try tx.all(
            AppointmentRow.select + filter + "ORDER BY a.start_at, a.id LIMIT \(limit) OFFSET \((page - 1) * limit)")
        var shown: [Appointment] = []
        for row in rows { shown.append(try show(row, tx, call)) }
        return Page(shown, PageNumbers(page: page, limit: limit, total: total))
    }

    /// `GET /v1/appointments/{id}`
    func clinicAppointment(_ named: AppointmentNamed, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws
        -> Appointment
    {
        guard let row = try tx.appointment(named.id), row.state != .held else { throw Problem.notFound }
        return try show(row, tx, call)
    }

    /// A visit as whoever asks may see it.
    func show<Tx: Reading & ~Copyable>(_ row: AppointmentRow, _ tx: borrowing Tx, _ call: Call<Member>)
        throws(StoreError)
        -> Appointment
    {
        call.isByClinic ? row.forClinic(try tx.person(row.person)?.name) : row.appointment
    }
}

/// The input of `GET /v1/appointments` (seed 002 §1.4).
struct ClinicAppointmentsAsked: Described {
    let startDate: Moment?
    let endDate: Moment?
    let status: [AppointmentStatus]?
    let detailedStatus: [AppointmentState]?
    let patientId: String?
    let practitionerId: String?
    let branchId: String?
    let page: Int
    let limit: Int

    static let schema = Schema<ClinicAppointmentsAsked>.object(
        ClinicAppointmentsAsked.init(
            startDate:endDate:status:detailedStatus:patientId:practitionerId:branchId:page:limit:),
        Field(
            "startDate", \.startDate, .optional(Moment.schema), in: .query,
            note: "Starting on a day of the branch's calendar, or at a time, or later"),
        Field(
            "endDate", \.endDate, .optional(Moment.schema), in: .query,
            note: "Starting on a day of the branch's calendar or earlier, or before a time"),
        Field(
            "status", \.status, .optional(.list(.oneOf, 1...4)), in: .query, note: "One or more, with commas between"),
        Field(
            "detailedStatus", \.detailedStatus, .optional(.list(.oneOf, 1...10)), in: .query,
            note: "One or more, with commas between"),
        Field("patientId", \.patientId, .optional(.string(1...64)), in: .query),
        Field("practitionerId", \.practitionerId, .optional(.string(1...64)), in: .query),
        Field("branchId", \.branchId, .optional(.string(1...64)), in: .query),
        Field("page", \.page, Paging.number, in: .query, default: 1),
        Field("limit", \.limit, Paging.limit, in: .query, default: 20))

    /// What a row must fulfil.
    var conditions: [SQL] {
        var conditions = AppointmentsAsked.conditions(status: status, from: startDate, to: endDate)
        if let detailedStatus { conditions.append("a.state IN \(SQL.list(detailedStatus))") }
        if let patientId { conditions.append("a.customer_id = \(patientId)") }
        if let practitionerId { conditions.append("a.practitioner_id = \(practitionerId)") }
        if let branchId { conditions.append("a.branch_id = \(branchId)") }
        return conditions
    }
}

/// The input of `GET /v1/patients/{patientId}/appointments`.
struct PatientAppointmentsAsked: Described {
    let patientId: String
    let page: Int
    let limit: Int

    static let schema = Schema<PatientAppointmentsAsked>.object(
        PatientAppointmentsAsked.init(patientId:page:limit:),
        Field("patientId", \.patientId, .string(1...64), in: .path),
        Field("page", \.page, Paging.number, in: .query, default: 1),
        Field("limit", \.limit, Paging.limit, in: .query, default: 20))
}
