internal import PluginAPI

extension Appointments {
    /// `POST /api/customer/appointments`
    func book(_ new: NewBooking, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> Appointment {
        guard let customer = try tx.customer(of: call.caller.id) else { throw BookingRefusal.notACustomer }
        let offer = try offer(new.serviceId, new.branchId, new.practitionerId, tx)
        try checkMoment(new.start, offer, now: call.now)
        guard try tx.upcoming(of: call.caller.id) < settings.maximumUpcoming else { throw BookingRefusal.tooMany }
        let day = InstantRange(start: new.start, end: new.start + .microseconds(1)) ?? .empty(at: new.start)
        let search = try search(offer, around: day, tx)
        let free = search.practitioners(freeAt: new.start)
        guard !free.isEmpty else {
            let isTaken = !search.withoutTaken.practitioners(freeAt: new.start).isEmpty
            throw try refusal(isTaken ? .taken : .notOffered, new, offer, tx)
        }
        let practitioner = try leastLoaded(free.map { offer.practitioners[$0] }, at: new.start, offer, tx)
        let room = search.room(freeAt: new.start)
        do throws(StoreError) {
            let row = try tx.add(
                Placed(offer: offer, practitioner: practitioner, room: room, start: new.start), for: customer,
                state: offer.service.needsApproval ? .requested : .confirmed, notes: new.notes)
            try announceBooked(row, in: call.tenant, tx)
            return row.appointment
        } catch {
            // The search saw the same data, so this is the last line of defence: the table itself refuses.
            if error.isTimeSlotConflict { throw try refusal(.taken, new, offer, tx) }
            throw error
        }
    }

    /// Whether customers may book this moment at all.
    private func checkMoment(_ start: Instant, _ offer: Offer, now: Instant) throws {
        guard start > now else { throw Problem.invalid("start", .range, "must be in the future") }
        let bookable = bookable(at: offer.branch, now: now)
        guard start >= bookable.start else { throw BookingRefusal.tooSoon }
        guard start < bookable.end else { throw BookingRefusal.tooFarAhead }
    }

    /// Who has the fewest visits that day; of several, the one whose id comes first.
    private func leastLoaded(
        _ free: [Practitioner], at start: Instant, _ offer: Offer, _ tx: borrowing Transaction
    ) throws -> Practitioner {
        let day = offer.branch.zone.day(at: start)
        var best: (practitioner: Practitioner, load: Int)?
        for practitioner in free {
            let load = free.count == 1 ? 0 : try tx.load(of: practitioner.id, on: day)
            if best.map({ load < $0.load }) ?? true { best = (practitioner, load) }
        }
        guard let best else { throw BookingRefusal.taken }
        return best.practitioner
    }

    /// The refusal of a time, with up to five others that are near it.
    private func refusal(
        _ refusal: BookingRefusal, _ new: NewBooking, _ offer: Offer, _ tx: borrowing Transaction
    ) throws -> Problem {
        var problem = refusal.problem
        let near = InstantRange(start: new.start - .seconds(86_400), end: new.start + .seconds(14 * 86_400))
        var slots: [Slot] = []
        if let range = near.flatMap({ bookable(at: offer.branch, now: tx.now).intersection($0) }) {
            try search(offer, around: range, tx).forEach(in: range) { start, practitioner in
                // One for each start: the others with the same start are no other time.
                if slots.last?.start != start { slots.append(offer.slot(start, practitioner)) }
            }
        }
        func distance(_ slot: Slot) -> Int64 { abs(slot.start.microseconds - new.start.microseconds) }
        let nearest = slots.filter { $0.start != new.start }
            .sorted { (distance($0), $0.start) < (distance($1), $1.start) }.prefix(5)
        problem.details = ["alternatives": .array(nearest.sorted { $0.start < $1.start }.map(\.tree))]
        return problem
    }
}

/// The input of `POST /api/customer/appointments`.
struct NewBooking: Described {
    let serviceId: String
    let branchId: String
    let practitionerId: String?
    let start: Instant
    let notes: String?

    static let schema = Schema<NewBooking>.object(
        NewBooking.init(serviceId:branchId:practitionerId:start:notes:),
        Field("serviceId", \.serviceId, .string(1...64)),
        Field("branchId", \.branchId, .string(1...64)),
        Field("practitionerId", \.practitionerId, .optional(.string(1...64)), note: "Anyone, if left out"),
        Field("start", \.start, Instant.schema, note: "The start of a slot of the availability"),
        Field("notes", \.notes, .optional(.string(0...1000)), note: "For the clinic"))
}

extension Slot {
    /// As a tree, for the details of a problem.
    fileprivate var tree: JSON {
        [
            "start": .string(start.description), "end": .string(end.description),
            "practitionerId": .string(practitionerId), "branchId": .string(branchId),
            "timeZone": .string(timeZone.name),
        ]
    }
}
