internal import PluginAPI

extension Appointments {
    /// `PATCH /v1/appointments/{id}`: another time, practitioner or length for the same visit, notes, or a step on by the
    /// wire's own word.
    func changeAppointment(_ change: AppointmentChange, _ tx: borrowing Transaction, _ call: Call<Member>) throws
        -> Appointment
    {
        try call.requireClinic()
        guard let old = try tx.appointment(change.id), old.state != .held else { throw Problem.notFound }
        if change.isMove { try move(old, change, tx, call) }
        switch change.notes {
        case .keep: break
        case .clear, .set:
            try tx.note(change.notes.applied(to: nil), on: old.id)
            try tx.audit(AuditEntry("appointment.noted", on: old.subject))
        }
        if let status = change.status, status != old.state.status { try step(old, to: status, tx, call) }
        guard let row = try tx.appointment(old.id) else { throw Problem.notFound }
        return try show(row, tx, call)
    }

    /// The appointment that the route names, for deciding who may change it.
    func changeSubject(_ change: AppointmentChange, _ tx: borrowing ReadTransaction) throws -> Subject? {
        try tx.appointment(change.id)?.subject
    }

    private func move(
        _ old: AppointmentRow, _ change: AppointmentChange, _ tx: borrowing Transaction, _ call: Call<Member>
    ) throws {
        guard old.state.isMovable else { throw BookingRefusal.cannotBeRescheduled }
        let visit = old.appointment
        let start = change.startTime ?? visit.startTime
        let length =
            try AppointmentCreate.length(from: start, to: change.endTime) ?? (visit.endTime - visit.startTime)
        let practitioner = change.practitionerId ?? visit.practitionerId
        try tx.releaseHolds(until: call.now)
        let offer = try offer(visit.serviceId, visit.branchId, practitioner, length: length, tx)
        try checkDay(start, offer, now: call.now)
        let overbooking = change.overbookReason.map { reason in
            Wish.Overbooking(reason: reason, person: call.caller.principal.person)
        }
        // Its own time may be part of the new one.
        try tx.vacate(old.id)
        let placed = try place(
            Wish(
                offer: offer, start: start, isCustomers: false, preferred: practitioner, overbooking: overbooking), tx)
        let moved = try tx.relocate(old.id, to: placed)
        let isAnotherTime = start != visit.startTime
        if isAnotherTime || practitioner != visit.practitionerId {
            try announceMoved(
                moved, from: old, isAnotherTime ? .appointmentMoved : .appointmentWithAnother, in: call.tenant, tx)
        } else {
            try announceChanged(moved, "appointment.moved", tx)
        }
    }

    private func step(
        _ row: AppointmentRow, to status: AppointmentStatus, _ tx: borrowing Transaction, _ call: Call<Member>
    ) throws {
        switch status {
        case .scheduled: throw BookingRefusal.cannotDoThis
        case .confirmed: _ = try act(.confirm, on: row.id, tx, call)
        case .completed: _ = try act(.complete, on: row.id, tx, call)
        case .cancelled: _ = try cancel(row.id, because: nil, tx, call)
        }
    }
}

extension Transaction {
    fileprivate borrowing func note(_ notes: String?, on id: String) throws(StoreError) {
        try run(
            """
            UPDATE appointments_appointment SET notes = \(notes), updated_at = \(now.microseconds) WHERE id = \(id)
            """)
    }
}

/// The input of `PATCH /v1/appointments/{id}`.
struct AppointmentChange: Described {
    let id: String
    let startTime: Instant?
    let endTime: Instant?
    let practitionerId: String?
    let notes: Change<String>
    let status: AppointmentStatus?
    let overbookReason: String?

    /// Whether another time, length or practitioner is asked for.
    var isMove: Bool { startTime != nil || endTime != nil || practitionerId != nil }

    static let schema = Schema<AppointmentChange>.object(
        AppointmentChange.init(id:startTime:endTime:practitionerId:notes:status:overbookReason:),
        Field("id", \.id, .string(1...64), in: .path),
        Field("startTime", \.startTime, .optional(Instant.schema)),
        Field("endTime", \.endTime, .optional(Instant.schema), note: "As long as before, if left out"),
        Field("practitionerId", \.practitionerId, .optional(.string(1...64))),
        Field("notes", \.notes, .change(.string(0...1000)), note: "The patient sees them too"),
        Field(
            "status", \.status, .optional(.oneOf),
            note: "CONFIRMED confirms what was asked for, COMPLETED ends what has begun, CANCELLED cancels"),
        Field(
            "overbookReason", \.overbookReason, .optional(.string(3...500)),
            note: "Moves even over what is taken or closed, and says why"))
}
