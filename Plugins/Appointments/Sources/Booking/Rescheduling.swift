internal import PluginAPI

extension Appointments {
    /// `POST …/appointments/{id}/reschedule`: another visit takes this one's place, and both know of each other.
    ///
    /// Who moves a visit of their own is held to notice and limits; who may do it for others is the clinic.
    func reschedule(_ asked: Rescheduling, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> Appointment {
        guard let old = try tx.appointment(asked.id), old.state != .held else { throw Problem.notFound }
        let isOwn = old.person == call.caller.id
        let (visit, now) = (old.appointment, call.now)
        guard let start = asked.newStart else { throw Problem.invalid("start", .missing, "must be sent") }
        guard old.state.after(.reschedule) != nil, !isOwn || visit.startTime > now else {
            throw BookingRefusal.cannotBeRescheduled
        }
        if isOwn { try checkPolicy(old, tx) }
        guard start != visit.startTime || asked.practitionerId.map({ $0 != visit.practitionerId }) ?? false else {
            throw Problem.invalid("start", .notAllowed, "is when the visit takes place already")
        }
        try tx.releaseHolds(until: now)
        let offer = try offer(
            visit.serviceId, visit.branchId, asked.practitionerId, length: visit.endTime - visit.startTime, tx)
        if isOwn {
            try checkMoment(start, offer, now: now)
        } else {
            try checkDay(start, offer, now: now)
        }
        // Its own time may be part of the new one.
        try tx.vacate(old.id)
        let placed = try place(
            Wish(offer: offer, start: start, isCustomers: isOwn, preferred: visit.practitionerId), tx)
        guard let customer = try tx.customer(of: old.person) else { throw BookingRefusal.notACustomer }
        let state: AppointmentState = isOwn && offer.service.needsApproval ? .requested : old.state
        let new = try keep(
            NewVisit(placed: placed, customer: customer, state: state, notes: visit.notes, predecessor: old),
            isCustomers: isOwn, tx)
        _ = try tx.move(old.id, to: .rescheduled, successor: new.id)
        try announceRescheduled(new, from: old, in: call.tenant, tx)
        return new.appointment
    }

    private func checkPolicy(_ old: AppointmentRow, _ tx: borrowing Transaction) throws {
        if old.appointment.startTime - tx.now < .seconds(settings.rescheduleNoticeHours * 3600) {
            throw BookingRefusal.tooLateToReschedule
        }
        let times: Int? = try tx.value(
            """
            SELECT count(*) FROM appointments_appointment
            WHERE series_id = \(old.series) AND state = \(AppointmentState.rescheduled)
            """)
        guard times ?? 0 < settings.maximumReschedules else { throw BookingRefusal.rescheduledTooOften }
    }

    /// The appointment that a route names, for deciding who may move it.
    func reschedulingSubject(_ asked: Rescheduling, _ tx: borrowing ReadTransaction) throws -> Subject? {
        try tx.appointment(asked.id)?.subject
    }

    /// The clinic books from the beginning of the branch's present day on, for what was forgotten to be entered.
    func checkDay(_ start: Instant, _ offer: Offer, now: Instant) throws {
        let zone = offer.branch.zone
        guard start >= zone.startOfDay(zone.day(at: now)), start <= now + .seconds(3 * 366 * 86_400) else {
            throw Problem.invalid("startTime", .range, "must be today or later, within three years")
        }
    }
}

/// The input of `POST …/{id}/reschedule`.
struct Rescheduling: Described {
    let id: String
    let start: Instant?
    let startTime: Instant?
    let practitionerId: String?

    /// Under either of its names: `start` as slots have it, `startTime` as visits do.
    var newStart: Instant? { start ?? startTime }

    static let schema = Schema<Rescheduling>.object(
        Rescheduling.init(id:start:startTime:practitionerId:),
        Field("id", \.id, .string(1...64), in: .path),
        Field("start", \.start, .optional(Instant.schema), note: "The start of a slot of the availability"),
        Field("startTime", \.startTime, .optional(Instant.schema), note: "The same, where start is not sent"),
        Field(
            "practitionerId", \.practitionerId, .optional(.string(1...64)),
            note: "The same as before if that can be, if left out"))
}
