internal import PluginAPI

/// An appointment as its table holds it, with the names that go with it.
struct AppointmentRow: Record {
    /// As its customer sees it.
    let appointment: Appointment
    let person: PersonID
    /// Who is told in the stead of a child.
    let guardian: PersonID?
    /// The id of the first visit of those that took each other's place.
    let series: String
    /// Grows with every change of time or practitioner, and when it is cancelled.
    let sequence: Int
    let heldUntil: Instant?
    let overbookedBecause: String?
    let updatedAt: Instant

    /// The columns that ``init(row:)`` reads, in its order.
    static let select: SQL = """
        SELECT a.id, a.customer_id, a.practitioner_id, a.service_id, a.branch_id, a.start_at, a.end_at, a.state,
            a.notes, b.zone, s.name, b.name, p.name, a.created_at, a.cancelled_at, a.person_id, a.room_id,
            a.series_id, a.predecessor_id, a.successor_id, a.sequence, a.held_until, a.is_walk_in,
            a.overbooked_because, a.cancelled_because, a.attendance_at, a.updated_at,
            (SELECT g.person_id FROM appointments_customer c JOIN appointments_customer g ON g.id = c.guardian_id
             WHERE c.id = a.customer_id)
        FROM appointments_appointment a
        JOIN appointments_branch b ON b.id = a.branch_id
        JOIN appointments_service s ON s.id = a.service_id
        JOIN appointments_practitioner p ON p.id = a.practitioner_id
        """

    init(row: borrowing Row) throws(StoreError) {
        let state: AppointmentState = try row.get(at: 7)
        let zoneName: String = try row.get(at: 9)
        guard let zone = try? Zone(named: zoneName) else { throw StoreError(.mismatch, "a branch's zone is unknown") }
        appointment = Appointment(
            id: try row.get(at: 0), patientId: try row.get(at: 1), patientName: nil, practitionerId: try row.get(at: 2),
            serviceId: try row.get(at: 3), branchId: try row.get(at: 4), roomId: try row.get(at: 16),
            startTime: Instant(microseconds: try row.get(at: 5)), endTime: Instant(microseconds: try row.get(at: 6)),
            status: state.status, detailedStatus: state, outcome: state.outcome, notes: try row.get(at: 8),
            timeZone: zone, serviceName: try row.get(at: 10), branchName: try row.get(at: 11),
            practitionerName: try row.get(at: 12), predecessorId: try row.get(at: 18),
            successorId: try row.get(at: 19), attendanceConfirmedAt: try row.moment(at: 25),
            isWalkIn: try row.get(at: 22), overbookReason: nil, cancellationReason: try row.get(at: 24),
            createdAt: Instant(microseconds: try row.get(at: 13)), cancelledAt: try row.moment(at: 14))
        person = try row.get(at: 15)
        series = try row.get(at: 17, as: String?.self) ?? appointment.id
        sequence = try row.get(at: 20)
        heldUntil = try row.moment(at: 21)
        overbookedBecause = try row.get(at: 23)
        updatedAt = Instant(microseconds: try row.get(at: 26))
        guardian = try row.get(at: 27)
    }

    var id: String { appointment.id }
    var state: AppointmentState { appointment.detailedStatus }

    /// What deciding who may see it needs.
    var subject: Subject { Subject("appointment", id: appointment.id, owner: person, branch: appointment.branchId) }

    /// As the clinic sees it.
    func forClinic(_ name: String?) -> Appointment {
        var shown = appointment
        shown.patientName = name
        shown.overbookReason = overbookedBecause
        return shown
    }
}

extension Row {
    /// A moment kept in microseconds, where there is one.
    borrowing func moment(at index: Int) throws(StoreError) -> Instant? {
        let microseconds: Int64? = try get(at: index)
        return microseconds.map { Instant(microseconds: $0) }
    }
}

extension Reading where Self: ~Copyable {
    /// An appointment by its id.
    borrowing func appointment(_ id: String) throws(StoreError) -> AppointmentRow? {
        try first(AppointmentRow.select + "WHERE a.id = \(id)")
    }
}
