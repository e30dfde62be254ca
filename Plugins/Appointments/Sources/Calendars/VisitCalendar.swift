internal import Documents
internal import PluginAPI

/// Visits as programs that keep calendars read them (RFC 5545).
///
/// A summary names the company and the branch, and no service or practitioner: calendars are shown to others, and kept by
/// companies that are none of the clinic's.
struct VisitCalendar {
    let tenant: Tenant
    /// The address and e-mail address of each branch, by id.
    let branches: [String: BranchRow]

    /// A file with one visit: to be added, or struck out where it does not take place.
    func file(of row: AppointmentRow) -> ICalendar {
        ICalendar(
            productID: productID, method: row.state.isOccupying ? .publish : .cancel, events: [event(of: row)])
    }

    /// The calendar that somebody subscribes to.
    func feed(of rows: [AppointmentRow]) -> ICalendar {
        ICalendar(
            productID: productID, method: .publish, name: tenant.name, refreshSeconds: 3600,
            events: rows.map { event(of: $0) })
    }

    private var productID: String { "-//\(tenant.name)//Portico//EN" }

    private func event(of row: AppointmentRow) -> ICalendarEvent {
        let visit = row.appointment
        var event = ICalendarEvent(
            // One for all visits that took each other's place, so that the entry moves instead of being doubled.
            uid: "\(row.series)@\(tenant.slug)", sequence: row.sequence, stamp: row.updatedAt, start: visit.startTime,
            end: visit.endTime, zone: visit.timeZone, status: status(row.state),
            summary: "\(tenant.name): \(visit.branchName)")
        let branch = branches[visit.branchId]
        event.location = branch.map { $0.address.line }
        if let email = branch?.email {
            event.organizer = ICalendarEvent.Party(name: visit.branchName, email: email.text)
        }
        return event
    }

    private func status(_ state: AppointmentState) -> ICalendarEvent.Status {
        switch state {
        case .held, .requested: .tentative
        case .confirmed, .checkedIn, .inProgress, .completed, .noShow: .confirmed
        case .cancelledByCustomer, .cancelledByClinic, .rescheduled: .cancelled
        }
    }
}

extension Address {
    /// On one line.
    var line: String {
        let place = [postalCode, city].compactMap { $0 }.joined(separator: " ")
        return [line1, line2, place, region, country].compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: ", ")
    }
}
