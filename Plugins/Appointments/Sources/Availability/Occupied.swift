internal import PluginAPI

/// Time that is taken of a practitioner or a room: half-open, buffers included. The table refuses overlaps.
struct OccupiedRow: Record {
    let resource: String
    let range: InstantRange

    init(row: borrowing Row) throws(StoreError) {
        resource = try row.get(at: 0)
        let start = Instant(microseconds: try row.get(at: 1)), end = Instant(microseconds: try row.get(at: 2))
        guard let range = InstantRange(start: start, end: end) else {
            throw StoreError(.mismatch, "a visit ends before it starts")
        }
        self.range = range
    }
}

extension Reading where Self: ~Copyable {
    /// What is taken of resources within a time, by resource, in order; one statement for all of them.
    borrowing func occupied(_ resources: [String], from: Instant, to: Instant) throws(StoreError)
        -> [String: [InstantRange]]
    {
        // Nothing is taken for longer than a day (a CHECK of the table), so the index need not be read from its beginning.
        let rows: [OccupiedRow] = try all(
            """
            SELECT resource_id, start_at, end_at FROM appointments_occupied
            WHERE resource_id IN \(SQL.list(resources)) AND start_at > \((from - .seconds(86_400)).microseconds)
            AND start_at < \(to.microseconds) AND end_at > \(from.microseconds) ORDER BY resource_id, start_at
            """)
        return Dictionary(grouping: rows, by: \.resource).mapValues { $0.map(\.range) }
    }
}

extension Transaction {
    /// Takes a resource's time.
    ///
    /// - Throws: ``StoreError`` of kind `.refused("TIME_SLOT_CONFLICT")` when some of it is taken.
    borrowing func occupy(_ resource: String, _ time: (start: Instant, end: Instant), for appointment: String)
        throws(StoreError)
    {
        try run(
            """
            INSERT INTO appointments_occupied (resource_id, start_at, end_at, appointment_id)
            VALUES (\(resource), \(time.start.microseconds), \(time.end.microseconds), \(appointment))
            """)
    }

    /// Gives back what an appointment took.
    borrowing func vacate(_ appointment: String) throws(StoreError) {
        try run("DELETE FROM appointments_occupied WHERE appointment_id = \(appointment)")
    }
}

extension StoreError {
    /// Whether it is the database's refusal to book something twice.
    var isTimeSlotConflict: Bool { kind == .refused("TIME_SLOT_CONFLICT") }
}
