internal import PluginAPI

/// Time that is taken of a practitioner or a room: half-open, buffers included.
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
    /// What is taken of resources within a time, by resource, in order and without overlaps: visits, holds, and time that is
    /// blocked.
    borrowing func occupied(_ resources: [String], from: Instant, to: Instant) throws(StoreError)
        -> [String: [InstantRange]]
    {
        guard !resources.isEmpty else { return [:] }
        let wanted = SQL.list(resources)
        // Nothing is taken for longer than a day (a CHECK of the tables), so the index need not be read from its beginning.
        let within: SQL = """
            WHERE resource_id IN \(wanted) AND start_at > \((from - .seconds(86_400)).microseconds)
            AND start_at < \(to.microseconds) AND end_at > \(from.microseconds)
            """
        var rows: [OccupiedRow] = try all("SELECT resource_id, start_at, end_at FROM appointments_occupied \(within)")
        rows += try all("SELECT resource_id, start_at, end_at FROM appointments_overbooked \(within)")
        rows += try all(
            """
            SELECT resource_id, start_at, end_at FROM appointments_block WHERE resource_id IN \(wanted)
            AND state = 'approved' AND end_at > \(from.microseconds) AND start_at < \(to.microseconds)
            """)
        return Dictionary(grouping: rows, by: \.resource).mapValues { $0.map(\.range).joined() }
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

    /// Takes a resource's time over whatever is taken of it already, for a reason that somebody answers for.
    borrowing func overbook(
        _ resource: String, _ time: (start: Instant, end: Instant), for appointment: String, because reason: String,
        by person: PersonID
    ) throws(StoreError) {
        try run(
            """
            INSERT INTO appointments_overbooked (resource_id, start_at, end_at, appointment_id, reason, person_id)
            VALUES (\(resource), \(time.start.microseconds), \(time.end.microseconds), \(appointment), \(reason),
                \(person))
            """)
    }

    /// Gives back what an appointment took.
    borrowing func vacate(_ appointment: String) throws(StoreError) {
        try run("DELETE FROM appointments_occupied WHERE appointment_id = \(appointment)")
        try run("DELETE FROM appointments_overbooked WHERE appointment_id = \(appointment)")
    }
}

extension StoreError {
    /// Whether it is the database's refusal to book something twice.
    var isTimeSlotConflict: Bool { kind == .refused("TIME_SLOT_CONFLICT") }
}
