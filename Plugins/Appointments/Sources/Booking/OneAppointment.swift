internal import PluginAPI

extension Appointments {
    /// `DELETE /api/customer/appointments/{id}`, `POST /portal/appointments/{id}/cancel`
    func cancel(_ named: AppointmentNamed, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> Appointment {
        try cancel(named.id, because: nil, tx, call)
    }

    /// Cancels a visit. Who cancels one of their own is held to the notice; who may do it for others is the clinic.
    func cancel(_ id: String, because reason: String?, _ tx: borrowing Transaction, _ call: Call<Member>) throws
        -> Appointment
    {
        guard let row = try tx.appointment(id), row.state != .held else { throw Problem.notFound }
        let isOwn = row.person == call.caller.id
        let state = row.state.after(isOwn ? .cancelByCustomer : .cancelByClinic)
        guard let state, !isOwn || row.appointment.startTime > call.now else { throw BookingRefusal.cannotBeCancelled }
        if isOwn, row.appointment.startTime - call.now < settings.cancellationNotice {
            throw BookingRefusal.tooLateToCancel
        }
        let cancelled = try tx.move(id, to: state, because: reason)
        try announceCancelled(cancelled, in: call.tenant, tx)
        return cancelled.appointment
    }

    /// `POST /api/customer/appointments/{id}/confirm`: says that one comes.
    func attend(_ named: AppointmentNamed, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> Appointment {
        guard let row = try tx.appointment(named.id), row.state != .held else { throw Problem.notFound }
        guard row.state == .confirmed, row.appointment.startTime > call.now else {
            throw BookingRefusal.cannotDoThis
        }
        return try attend(row, tx).appointment
    }

    /// Notes that the customer says they come, once.
    func attend(_ row: AppointmentRow, _ tx: borrowing Transaction) throws -> AppointmentRow {
        if row.appointment.attendanceConfirmedAt != nil { return row }
        let sure = try tx.noteAttendance(row.id)
        try tx.noteAnswer(of: row.person, about: row.subject)
        try announceChanged(sure, "appointment.attendance-confirmed", tx)
        return sure
    }

    /// `GET /api/customer/appointments/{id}`, `GET /portal/appointments/{id}`
    func appointment(_ named: AppointmentNamed, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws
        -> Appointment
    {
        guard let row = try tx.appointment(named.id), row.state != .held else { throw Problem.notFound }
        return row.appointment
    }

    /// The appointment that a route names, for deciding who may see it.
    func subject(_ named: AppointmentNamed, _ tx: borrowing ReadTransaction) throws -> Subject? {
        try tx.appointment(named.id)?.subject
    }
}

extension Transaction {
    /// Notes that a customer says they come.
    fileprivate borrowing func noteAttendance(_ id: String) throws(StoreError) -> AppointmentRow {
        try run(
            """
            UPDATE appointments_appointment SET attendance_at = \(now.microseconds), updated_at = \(now.microseconds)
            WHERE id = \(id)
            """)
        return try one(AppointmentRow.select + "WHERE a.id = \(id)")
    }
}

/// The input of routes about one appointment.
struct AppointmentNamed: Described {
    let id: String

    static let schema = Schema<AppointmentNamed>.object(
        AppointmentNamed.init(id:), Field("id", \.id, .string(1...64), in: .path))
}
