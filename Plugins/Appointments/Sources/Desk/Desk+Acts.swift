internal import PluginAPI

/// What the clinic does with a visit: each is a step of the table in ``AppointmentState/transitions``.
extension Appointments {
    /// `POST /v1/appointments/{id}/confirm`
    func confirm(_ named: AppointmentNamed, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> Appointment {
        try act(.confirm, on: named.id, tx, call)
    }

    /// `POST /v1/appointments/{id}/check-in`
    func checkIn(_ named: AppointmentNamed, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> Appointment {
        try act(.checkIn, on: named.id, tx, call)
    }

    /// `POST /v1/appointments/{id}/start`
    func start(_ named: AppointmentNamed, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> Appointment {
        try act(.start, on: named.id, tx, call)
    }

    /// `POST /v1/appointments/{id}/complete`
    func complete(_ named: AppointmentNamed, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> Appointment {
        try act(.complete, on: named.id, tx, call)
    }

    /// `POST /v1/appointments/{id}/no-show`
    func miss(_ named: AppointmentNamed, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> Appointment {
        try act(.miss, on: named.id, tx, call)
    }

    /// `POST /v1/appointments/{id}/cancel`, `DELETE /v1/appointments/{id}`
    func clinicCancel(_ asked: Cancellation, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> Appointment {
        _ = try cancel(asked.id, because: asked.reason, tx, call)
        guard let row = try tx.appointment(asked.id) else { throw Problem.notFound }
        return try show(row, tx, call)
    }

    /// The appointment that the route names, for deciding who may cancel it.
    func cancellationSubject(_ asked: Cancellation, _ tx: borrowing ReadTransaction) throws -> Subject? {
        try tx.appointment(asked.id)?.subject
    }

    /// Moves a visit on, with all that goes with it.
    func act(
        _ act: AppointmentState.Act, on id: String, _ tx: borrowing Transaction, _ call: Call<Member>
    ) throws -> Appointment {
        try call.requireClinic()
        guard let row = try tx.appointment(id), row.state != .held else { throw Problem.notFound }
        guard let state = row.state.after(act) else { throw BookingRefusal.cannotDoThis }
        try checkMoment(of: act, row.appointment, now: call.now)
        let moved = try tx.move(id, to: state)
        try announceChanged(moved, "appointment.\(Self.word(act))", tx)
        if act == .confirm { try tell(moved, .appointmentConfirmed, in: call.tenant, tx) }
        return try show(moved, tx, call)
    }

    /// Nobody arrives before the day of the visit, and nobody is late before its start.
    private func checkMoment(of act: AppointmentState.Act, _ visit: Appointment, now: Instant) throws(BookingRefusal) {
        let today = visit.timeZone.day(at: now), day = visit.timeZone.day(at: visit.startTime)
        switch act {
        case .checkIn, .start: guard today >= day else { throw .tooEarly }
        case .miss: guard now >= visit.startTime else { throw .tooEarly }
        case .request, .book, .confirm, .complete, .cancelByCustomer, .cancelByClinic, .reschedule: break
        }
    }

    /// What the audit log calls it.
    private static func word(_ act: AppointmentState.Act) -> String {
        switch act {
        case .request: "requested"
        case .book: "booked"
        case .confirm: "confirmed"
        case .checkIn: "checked-in"
        case .start: "started"
        case .complete: "completed"
        case .miss: "missed"
        case .cancelByCustomer, .cancelByClinic: "cancelled"
        case .reschedule: "rescheduled"
        }
    }
}

/// The input of `POST /v1/appointments/{id}/cancel`.
struct Cancellation: Described {
    let id: String
    let reason: String?

    static let schema = Schema<Cancellation>.object(
        Cancellation.init(id:reason:), Field("id", \.id, .string(1...64), in: .path),
        Field("reason", \.reason, .optional(.string(0...500)), note: "The patient sees it"))
}
