internal import PluginAPI

/// A visit with everything decided.
struct Placed {
    let offer: Offer
    let practitioner: Practitioner
    let room: String?
    let start: Instant
}

extension Reading where Self: ~Copyable {
    /// How many visits a person has ahead.
    borrowing func upcoming(of person: PersonID) throws(StoreError) -> Int {
        try value(
            """
            SELECT count(*) FROM appointments_appointment WHERE person_id = \(person)
            AND start_at > \(now.microseconds) AND state IN \(SQL.list(AppointmentState.occupying))
            """) ?? 0
    }

    /// How many visits a practitioner has on a day of the branch's calendar.
    borrowing func load(of practitioner: String, on day: Day) throws(StoreError) -> Int {
        try value(
            """
            SELECT count(*) FROM appointments_appointment WHERE practitioner_id = \(practitioner)
            AND start_day = \(day.description) AND state IN \(SQL.list(AppointmentState.occupying))
            """) ?? 0
    }
}

extension Transaction {
    /// Keeps a visit and takes its practitioner's and room's time.
    ///
    /// - Throws: ``StoreError`` of kind `.refused("TIME_SLOT_CONFLICT")` when some of the time is taken.
    borrowing func add(_ placed: Placed, for customer: CustomerRow, state: AppointmentState, notes: String?)
        throws(StoreError) -> AppointmentRow
    {
        let id = newID("apt")
        let (offer, start) = (placed.offer, placed.start)
        let day = offer.branch.zone.day(at: start).description
        try run(
            """
            INSERT INTO appointments_appointment (id, customer_id, person_id, service_id, branch_id, practitioner_id,
                room_id, start_at, end_at, start_day, state, notes, created_at, updated_at)
            VALUES (\(id), \(customer.id), \(customer.person), \(offer.service.id), \(offer.branch.id),
                \(placed.practitioner.id), \(placed.room), \(start.microseconds),
                \((start + offer.length).microseconds), \(day), \(state), \(notes), \(now.microseconds),
                \(now.microseconds))
            """)
        if state.isOccupying {
            for resource in [placed.practitioner.id, placed.room].compactMap({ $0 }) {
                try occupy(resource, offer.reserved(from: start), for: id)
            }
        }
        return try one(AppointmentRow.select + "WHERE a.id = \(id)")
    }

    /// Moves an appointment on; one that no longer takes place gives its time back.
    borrowing func move(_ id: String, to state: AppointmentState) throws(StoreError) -> AppointmentRow {
        let cancelledAt: Int64? = state.isOccupying ? nil : now.microseconds
        try run(
            """
            UPDATE appointments_appointment SET state = \(state), updated_at = \(now.microseconds),
                cancelled_at = \(cancelledAt) WHERE id = \(id)
            """)
        if !state.isOccupying { try vacate(id) }
        return try one(AppointmentRow.select + "WHERE a.id = \(id)")
    }
}

extension AppointmentState {
    /// The states that take time.
    static let occupying = allCases.filter(\.isOccupying)
}
