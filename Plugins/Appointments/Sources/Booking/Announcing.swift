internal import PluginAPI

/// What goes with every change of an appointment, in its transaction: an event, an audit entry, a message.
extension Appointments {
    /// - Parameter isTold: whether its customer gets a message of it.
    func announceBooked(
        _ row: AppointmentRow, isTold: Bool = true, in tenant: Tenant, _ tx: borrowing Transaction
    ) throws(StoreError) {
        try endWaiting(of: row, tx)
        try tx.publish(
            AppointmentBooked(appointment: AppointmentFacts(row.appointment)), about: row.subject,
            to: .holders(of: .readAppointments))
        try tx.audit(AuditEntry("appointment.booked", on: row.subject, details: row.facts))
        // Whoever stands at the desk needs no message.
        if row.appointment.isWalkIn { return }
        guard isTold else { return try remind(row, in: tenant, tx) }
        try tell(row, row.state == .confirmed ? .appointmentConfirmed : .appointmentRequested, in: tenant, tx)
    }

    func announceCancelled(_ row: AppointmentRow, in tenant: Tenant, _ tx: borrowing Transaction) throws {
        try tx.publish(
            AppointmentCancelled(appointment: AppointmentFacts(row.appointment)), about: row.subject,
            to: .holders(of: .readAppointments))
        try tx.audit(AuditEntry("appointment.cancelled", on: row.subject, details: row.facts))
        try tell(row, .appointmentCancelled, in: tenant, tx)
        try offerToWaiting(row.appointment, in: tenant, tx)
    }

    func announceRescheduled(
        _ row: AppointmentRow, from old: AppointmentRow, in tenant: Tenant, _ tx: borrowing Transaction
    ) throws {
        try tx.publish(
            AppointmentRescheduled(appointment: AppointmentFacts(row.appointment), predecessorId: old.id),
            about: row.subject, to: .holders(of: .readAppointments))
        try tx.audit(AuditEntry("appointment.rescheduled", on: row.subject, before: old.facts, after: row.facts))
        try tx.withdrawNotices(key: old.id)
        try tell(row, row.state == .requested ? .appointmentRequested : .appointmentMoved, in: tenant, tx)
        try offerToWaiting(old.appointment, in: tenant, tx)
    }

    /// A change that its customer sees without being told: what is not true any more is not sent.
    func announceChanged(_ row: AppointmentRow, _ action: String, _ tx: borrowing Transaction) throws(StoreError) {
        try tx.publish(
            AppointmentChanged(appointment: AppointmentFacts(row.appointment)), about: row.subject,
            to: .holders(of: .readAppointments))
        try tx.audit(AuditEntry(action, on: row.subject, details: row.facts))
        if !row.state.isMovable { try tx.withdrawNotices(key: row.id) }
    }

    /// A change of time or practitioner, with what stood there before.
    func announceMoved(
        _ row: AppointmentRow, from old: AppointmentRow, _ type: NoticeType, in tenant: Tenant,
        _ tx: borrowing Transaction
    ) throws(StoreError) {
        try tx.publish(
            AppointmentChanged(appointment: AppointmentFacts(row.appointment)), about: row.subject,
            to: .holders(of: .readAppointments))
        try tx.audit(AuditEntry("appointment.moved", on: row.subject, before: old.facts, after: row.facts))
        try tell(row, type, in: tenant, tx)
    }

    /// Tells the customer. What was not sent yet about the visit is not true any more; what it will be time for is asked for.
    func tell(_ row: AppointmentRow, _ type: NoticeType, in tenant: Tenant, _ tx: borrowing Transaction)
        throws(StoreError)
    {
        try tx.withdrawNotices(key: row.id)
        try tx.notify(row.notice(type, tenant))
        try remind(row, in: tenant, tx)
    }

    /// Asks for the reminders of a visit.
    private func remind(_ row: AppointmentRow, in tenant: Tenant, _ tx: borrowing Transaction) throws(StoreError) {
        guard row.state == .confirmed else { return }
        for minutes in Set(settings.remindersMinutesBefore) {
            let moment = row.appointment.startTime - .seconds(minutes * 60)
            if moment > tx.now { try tx.notify(row.notice(.appointmentReminder, tenant, notBefore: moment)) }
        }
    }
}

extension AppointmentRow {
    /// For the audit log.
    fileprivate var facts: JSON {
        var facts: JSON.Members = [
            "detailedStatus": .string(state.rawValue), "startTime": .string(appointment.startTime.description),
            "practitionerId": .string(appointment.practitionerId), "serviceId": .string(appointment.serviceId),
        ]
        if let overbookedBecause { facts["overbookReason"] = .string(overbookedBecause) }
        return .object(facts)
    }

    fileprivate func notice(_ type: NoticeType, _ tenant: Tenant, notBefore: Instant? = nil) -> Notice {
        let (start, zone) = (appointment.startTime, appointment.timeZone)
        return Notice(
            type, to: guardian ?? person, about: subject,
            [
                "tenant": tenant.name, "branch": appointment.branchName,
                "whenEn": LocalText.english(start, in: zone), "whenDe": LocalText.german(start, in: zone),
            ], notBefore: notBefore,
            // Held up for so long, a reminder would be of a visit that has begun.
            notAfter: notBefore.map { _ in start }, key: id)
    }
}
