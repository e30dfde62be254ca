internal import PluginAPI

/// A service at a branch, and who can perform it there.
struct Offer {
    let service: ServiceRow
    let branch: BranchRow
    /// By id.
    let practitioners: [Practitioner]
    /// How long the visit itself takes.
    let length: Duration

    var before: Duration { .seconds(service.bufferBefore * 60) }
    var after: Duration { .seconds(service.bufferAfter * 60) }

    /// What a visit takes of its practitioner and room.
    func reserved(from start: Instant) -> (start: Instant, end: Instant) {
        (start - before, start + length + after)
    }

    /// The visit as the wire shows it.
    func slot(_ start: Instant, _ practitioner: Int) -> Slot {
        Slot(
            start: start, end: start + length, practitionerId: practitioners[practitioner].id, branchId: branch.id,
            timeZone: branch.zone)
    }
}

extension Appointments {
    /// What is asked for, if there is such a thing.
    ///
    /// - Parameter length: how long the visit takes, when not as long as the service says.
    /// - Throws: ``Problem`` that names the field which is wrong.
    func offer<Tx: Reading & ~Copyable>(
        _ serviceID: String, _ branchID: String, _ practitionerID: String?, length: Duration? = nil,
        _ tx: borrowing Tx
    ) throws -> Offer {
        guard let branch = try tx.branch(branchID) else {
            throw Problem.invalid("branchId", .notAllowed, "must be the id of a branch")
        }
        guard let service = try tx.service(serviceID, at: branchID) else {
            throw Problem.invalid("serviceId", .notAllowed, "must be the id of a service offered at this branch")
        }
        var practitioners = try tx.practitioners(of: serviceID, at: branchID).map(\.practitioner)
        if let practitionerID {
            practitioners.removeAll { $0.id != practitionerID }
            guard !practitioners.isEmpty else {
                throw Problem.invalid(
                    "practitionerId", .notAllowed, "must be the id of somebody who performs this service there")
            }
        }
        return Offer(
            service: service, branch: branch, practitioners: practitioners,
            length: length ?? .seconds(service.durationMinutes * 60))
    }

    /// A search over the offer, with everything read once that slots starting within the range depend on.
    ///
    /// - Parameter grid: between the starts of two slots; the clinic's setting when nil.
    func search<Tx: Reading & ~Copyable>(
        _ offer: Offer, around range: InstantRange, grid: Duration? = nil, _ tx: borrowing Tx
    ) throws -> SlotSearch {
        let people = offer.practitioners.map(\.id)
        let rooms = offer.service.needsRoom ? try tx.rooms(at: offer.branch.id) : []
        let firstDay = offer.branch.zone.day(at: range.start) - 2
        let hours = try tx.hours(of: people + [offer.branch.id], exceptionsFrom: firstDay)
        let holidays = try tx.holidays(of: [offer.branch.id], from: firstDay)
        let taken = try tx.occupied(
            people + rooms, from: range.start - offer.before, to: range.end + offer.length + offer.after)
        return SlotSearch(
            zone: offer.branch.zone, opening: hours[offer.branch.id] ?? WeeklyHours(),
            holidays: Set((holidays[offer.branch.id] ?? []).map(\.date)),
            grid: grid ?? .seconds(settings.slotGridMinutes * 60), length: offer.length, before: offer.before,
            after: offer.after,
            practitioners: people.map {
                SlotSearch.Resource(id: $0, hours: hours[$0] ?? WeeklyHours(), taken: taken[$0] ?? [])
            },
            rooms: offer.service.needsRoom
                ? rooms.map { SlotSearch.Resource(id: $0, hours: nil, taken: taken[$0] ?? []) } : nil)
    }
}
