internal import PluginAPI

/// A visit that is about to be kept.
struct NewVisit {
    let placed: Placed
    let customer: CustomerRow
    let state: AppointmentState
    var notes: String?
    /// The visit whose place it takes.
    var predecessor: AppointmentRow?
    var heldUntil: Instant?
    var isWalkIn = false
}

extension Reading where Self: ~Copyable {
    /// How many visits a person has ahead.
    borrowing func upcoming(of person: PersonID) throws(StoreError) -> Int {
        try value(
            """
            SELECT count(*) FROM appointments_appointment WHERE person_id = \(person)
            AND start_at > \(now.microseconds) AND state IN \(SQL.list(AppointmentState.visits))
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

    /// What a person has held for them; one thing at a time.
    borrowing func hold(of person: PersonID) throws(StoreError) -> AppointmentRow? {
        // The word itself and no argument, or the index of what is held could not be used, and every visit that the person
        // ever had would be looked at in each booking.
        try first(AppointmentRow.select + "WHERE a.person_id = \(person) AND a.state = 'held'")
    }
}

extension Transaction {
    /// Keeps a visit and takes its practitioner's and room's time.
    ///
    /// - Throws: ``StoreError`` of kind `.refused("TIME_SLOT_CONFLICT")` when some of the time is taken.
    borrowing func add(_ new: NewVisit) throws(StoreError) -> AppointmentRow {
        let id = newID("apt")
        let (placed, offer) = (new.placed, new.placed.offer)
        let day = offer.branch.zone.day(at: placed.start).description
        let sequence = new.predecessor.map { $0.sequence + 1 } ?? 0
        try run(
            """
            INSERT INTO appointments_appointment (id, customer_id, person_id, service_id, branch_id, practitioner_id,
                room_id, start_at, end_at, start_day, state, notes, series_id, predecessor_id, sequence, held_until,
                is_walk_in, overbooked_because, created_at, updated_at)
            VALUES (\(id), \(new.customer.id), \(new.customer.person), \(offer.service.id), \(offer.branch.id),
                \(placed.practitioner.id), \(placed.room), \(placed.start.microseconds),
                \((placed.start + offer.length).microseconds), \(day), \(new.state), \(new.notes),
                \(new.predecessor?.series ?? id), \(new.predecessor?.id), \(sequence),
                \(new.heldUntil?.microseconds), \(new.isWalkIn), \(placed.overbooking?.reason), \(now.microseconds),
                \(now.microseconds))
            """)
        if new.state.isOccupying { try take(placed, for: id) }
        return try one(AppointmentRow.select + "WHERE a.id = \(id)")
    }

    /// Takes the time of a visit's practitioner and room, buffers included.
    private borrowing func take(_ placed: Placed, for id: String) throws(StoreError) {
        let time = placed.offer.reserved(from: placed.start)
        for resource in [placed.practitioner.id, placed.room].compactMap({ $0 }) {
            if let overbooking = placed.overbooking {
                try overbook(resource, time, for: id, because: overbooking.reason, by: overbooking.person)
            } else {
                try occupy(resource, time, for: id)
            }
        }
    }

    /// Moves an appointment on; one that no longer takes place gives its time back.
    borrowing func move(
        _ id: String, to state: AppointmentState, because reason: String? = nil, successor: String? = nil
    ) throws(StoreError) -> AppointmentRow {
        let cancelledAt: Int64? = state.isOccupying ? nil : now.microseconds
        try run(
            """
            UPDATE appointments_appointment SET state = \(state), updated_at = \(now.microseconds),
                cancelled_at = \(cancelledAt), cancelled_because = \(reason), successor_id = \(successor),
                sequence = sequence + \(state.isOccupying ? 0 : 1)
            WHERE id = \(id)
            """)
        if !state.isOccupying { try vacate(id) }
        return try one(AppointmentRow.select + "WHERE a.id = \(id)")
    }

    /// Gives an appointment another time, practitioner or room; it stays the same appointment.
    ///
    /// - Throws: ``StoreError`` of kind `.refused("TIME_SLOT_CONFLICT")` when some of the time is taken.
    borrowing func relocate(_ id: String, to placed: Placed) throws(StoreError) -> AppointmentRow {
        let day = placed.offer.branch.zone.day(at: placed.start).description
        try vacate(id)
        try take(placed, for: id)
        try run(
            """
            UPDATE appointments_appointment SET practitioner_id = \(placed.practitioner.id), room_id = \(placed.room),
                start_at = \(placed.start.microseconds), end_at = \((placed.start + placed.offer.length).microseconds),
                start_day = \(day), overbooked_because = \(placed.overbooking?.reason), attendance_at = NULL,
                sequence = sequence + 1, updated_at = \(now.microseconds)
            WHERE id = \(id)
            """)
        return try one(AppointmentRow.select + "WHERE a.id = \(id)")
    }

    /// Makes a visit of what was held.
    borrowing func take(_ held: AppointmentRow, as state: AppointmentState, notes: String?) throws(StoreError)
        -> AppointmentRow
    {
        try run(
            """
            UPDATE appointments_appointment SET state = \(state), held_until = NULL, notes = \(notes),
                created_at = \(now.microseconds), updated_at = \(now.microseconds) WHERE id = \(held.id)
            """)
        return try one(AppointmentRow.select + "WHERE a.id = \(held.id)")
    }
}

extension AppointmentState {
    /// The states that take time.
    static let occupying = allCases.filter(\.isOccupying)
    /// The states of a visit that takes place or took place.
    static let visits = occupying.filter { $0 != .held }
}
