internal import PluginAPI

extension Appointments {
    /// `DELETE /api/customer/appointments/{id}`, `POST /portal/appointments/{id}/cancel`
    ///
    /// Who cancels a visit of their own is held to the notice; who may do it for others is the clinic.
    func cancel(_ named: AppointmentNamed, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> Appointment {
        guard let row = try tx.appointment(named.id) else { throw Problem.notFound }
        let isOwn = row.person == call.caller.id
        let state = row.appointment.detailedStatus.after(isOwn ? .cancelByCustomer : .cancelByClinic)
        guard let state, row.appointment.startTime > call.now else { throw BookingRefusal.cannotBeCancelled }
        if isOwn, row.appointment.startTime - call.now < settings.cancellationNotice {
            throw BookingRefusal.tooLateToCancel
        }
        let cancelled = try tx.move(named.id, to: state)
        try announceCancelled(cancelled, in: call.tenant, tx)
        return cancelled.appointment
    }

    /// `GET /api/customer/appointments/{id}`, `GET /portal/appointments/{id}`
    func appointment(_ named: AppointmentNamed, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws
        -> Appointment
    {
        guard let row = try tx.appointment(named.id) else { throw Problem.notFound }
        return row.appointment
    }

    /// The appointment that a route names, for deciding who may see it.
    func subject(_ named: AppointmentNamed, _ tx: borrowing ReadTransaction) throws -> Subject? {
        try tx.appointment(named.id)?.subject
    }
}

/// The input of routes about one appointment.
struct AppointmentNamed: Described {
    let id: String

    static let schema = Schema<AppointmentNamed>.object(
        AppointmentNamed.init(id:), Field("id", \.id, .string(1...64), in: .path))
}
