internal import PluginAPI

/// What goes with every change of an appointment, in its transaction: an event, an audit entry, a message.
extension Appointments {
    func announceBooked(_ row: AppointmentRow, in tenant: Tenant, _ tx: borrowing Transaction) throws(StoreError) {
        try tx.publish(
            AppointmentBooked(appointment: AppointmentFacts(row.appointment)), about: row.subject,
            to: .holders(of: .readAppointments))
        try tx.audit(AuditEntry("appointment.booked", on: row.subject, details: row.facts))
        let isConfirmed = row.appointment.detailedStatus == .confirmed
        try tx.notify(row.notice(isConfirmed ? .appointmentConfirmed : .appointmentRequested, tenant))
    }

    func announceCancelled(_ row: AppointmentRow, in tenant: Tenant, _ tx: borrowing Transaction) throws(StoreError) {
        try tx.publish(
            AppointmentCancelled(appointment: AppointmentFacts(row.appointment)), about: row.subject,
            to: .holders(of: .readAppointments))
        try tx.audit(AuditEntry("appointment.cancelled", on: row.subject, details: row.facts))
        // What was not sent yet about the visit is not true any more.
        try tx.withdrawNotices(key: row.appointment.id)
        try tx.notify(row.notice(.appointmentCancelled, tenant))
    }
}

extension AppointmentRow {
    /// For the audit log.
    fileprivate var facts: JSON {
        [
            "detailedStatus": .string(appointment.detailedStatus.rawValue),
            "startTime": .string(appointment.startTime.description),
            "practitionerId": .string(appointment.practitionerId), "serviceId": .string(appointment.serviceId),
        ]
    }

    fileprivate func notice(_ type: NoticeType, _ tenant: Tenant) -> Notice {
        let (start, zone) = (appointment.startTime, appointment.timeZone)
        return Notice(
            type, to: person, about: subject,
            [
                "tenant": tenant.name, "branch": appointment.branchName,
                "whenEn": LocalText.english(start, in: zone), "whenDe": LocalText.german(start, in: zone),
            ], key: appointment.id)
    }
}
