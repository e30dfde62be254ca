internal import PluginAPI

extension Appointments {
    /// `POST /api/customer/appointments`
    func book(_ new: NewBooking, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> Appointment {
        guard let customer = try tx.customer(of: call.caller.id) else { throw BookingRefusal.notACustomer }
        let offer = try offer(new.serviceId, new.branchId, new.practitionerId, tx)
        try tx.releaseHolds(until: call.now)
        let held = try tx.hold(of: call.caller.id)
        if let id = new.holdId, held?.id != id { throw BookingRefusal.holdIsOver }
        guard try tx.upcoming(of: call.caller.id) < settings.maximumUpcoming else { throw BookingRefusal.tooMany }
        let act: AppointmentState.Act = offer.service.needsApproval ? .request : .book
        if let held, new.isMet(by: held.appointment), let state = held.state.after(act) {
            let row = try tx.take(held, as: state, notes: new.notes)
            try tx.unschedule(Self.releaseHold, key: held.id)
            try announceBooked(row, in: call.tenant, tx)
            return row.appointment
        }
        // The time was held for something else; it is not needed any more.
        if new.holdId != nil { throw Problem.invalid("holdId", .notAllowed, "must be of the same visit") }
        try checkMoment(new.start, offer, now: call.now)
        let placed = try place(Wish(offer: offer, start: new.start, isCustomers: true), tx)
        let state: AppointmentState = offer.service.needsApproval ? .requested : .confirmed
        let row = try keep(
            NewVisit(placed: placed, customer: customer, state: state, notes: new.notes), isCustomers: true, tx)
        try announceBooked(row, in: call.tenant, tx)
        return row.appointment
    }

    /// Keeps a visit.
    func keep(_ new: NewVisit, isCustomers: Bool, _ tx: borrowing Transaction) throws -> AppointmentRow {
        do throws(StoreError) {
            return try tx.add(new)
        } catch {
            // The search saw the same data, so this is the last line of defence: the table itself refuses.
            guard error.isTimeSlotConflict else { throw error }
            let wish = Wish(offer: new.placed.offer, start: new.placed.start, isCustomers: isCustomers)
            throw try refusal(.taken, wish, tx)
        }
    }

    /// Whether customers may book this moment at all.
    func checkMoment(_ start: Instant, _ offer: Offer, now: Instant) throws {
        guard start > now else { throw Problem.invalid("start", .range, "must be in the future") }
        let bookable = bookable(at: offer.branch, now: now)
        guard start >= bookable.start else { throw BookingRefusal.tooSoon }
        guard start < bookable.end else { throw BookingRefusal.tooFarAhead }
    }
}

/// The input of `POST /api/customer/appointments`.
struct NewBooking: Described {
    let serviceId: String
    let branchId: String
    let practitionerId: String?
    let start: Instant
    let notes: String?
    let holdId: String?

    static let schema = Schema<NewBooking>.object(
        NewBooking.init(serviceId:branchId:practitionerId:start:notes:holdId:),
        Field("serviceId", \.serviceId, .string(1...64)),
        Field("branchId", \.branchId, .string(1...64)),
        Field("practitionerId", \.practitionerId, .optional(.string(1...64)), note: "Anyone, if left out"),
        Field("start", \.start, Instant.schema, note: "The start of a slot of the availability"),
        Field("notes", \.notes, .optional(.string(0...1000)), note: "For the clinic"),
        Field("holdId", \.holdId, .optional(.string(1...64)), note: "Of the caller's hold, which is booked then"))

    /// Whether a hold is of what is asked for.
    func isMet(by held: Appointment) -> Bool {
        held.serviceId == serviceId && held.branchId == branchId && held.startTime == start
            && (practitionerId == nil || practitionerId == held.practitionerId)
    }
}
