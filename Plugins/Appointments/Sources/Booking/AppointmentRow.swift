internal import PluginAPI

/// An appointment as its table holds it, with the names that go with it.
struct AppointmentRow: Record {
    let appointment: Appointment
    let person: PersonID

    /// The columns that ``init(row:)`` reads, in its order.
    static let select: SQL = """
        SELECT a.id, a.customer_id, a.practitioner_id, a.service_id, a.branch_id, a.start_at, a.end_at, a.state,
            a.notes, b.zone, s.name, b.name, p.name, a.created_at, a.cancelled_at, a.person_id
        FROM appointments_appointment a
        JOIN appointments_branch b ON b.id = a.branch_id
        JOIN appointments_service s ON s.id = a.service_id
        JOIN appointments_practitioner p ON p.id = a.practitioner_id
        """

    init(row: borrowing Row) throws(StoreError) {
        let state: AppointmentState = try row.get(at: 7)
        let zoneName: String = try row.get(at: 9)
        guard let zone = try? Zone(named: zoneName) else { throw StoreError(.mismatch, "a branch's zone is unknown") }
        let cancelledAt: Int64? = try row.get(at: 14)
        appointment = Appointment(
            id: try row.get(at: 0), patientId: try row.get(at: 1), practitionerId: try row.get(at: 2),
            serviceId: try row.get(at: 3), branchId: try row.get(at: 4),
            startTime: Instant(microseconds: try row.get(at: 5)), endTime: Instant(microseconds: try row.get(at: 6)),
            status: state.status, detailedStatus: state, outcome: state.outcome, notes: try row.get(at: 8),
            timeZone: zone, serviceName: try row.get(at: 10), branchName: try row.get(at: 11),
            practitionerName: try row.get(at: 12), createdAt: Instant(microseconds: try row.get(at: 13)),
            cancelledAt: cancelledAt.map { Instant(microseconds: $0) })
        person = try row.get(at: 15)
    }

    /// What deciding who may see it needs.
    var subject: Subject { Subject("appointment", id: appointment.id, owner: person, branch: appointment.branchId) }
}

extension Reading where Self: ~Copyable {
    /// An appointment by its id.
    borrowing func appointment(_ id: String) throws(StoreError) -> AppointmentRow? {
        try first(AppointmentRow.select + "WHERE a.id = \(id)")
    }
}
