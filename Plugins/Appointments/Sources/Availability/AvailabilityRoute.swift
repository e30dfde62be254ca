internal import PluginAPI

extension Appointments {
    /// `GET /api/customer/availability`
    func availability(_ asked: AvailabilityAsked, _ tx: borrowing ReadTransaction, _ call: Call<Anyone>) throws
        -> Page<Slot>
    {
        let offer = try offer(asked.serviceId, asked.branchId, asked.practitionerId, tx)
        let range = try Self.range(asked, in: offer.branch.zone, now: call.now)
        let first = (asked.page - 1) * asked.limit
        var slots: [Slot] = []
        var total = 0
        if let bookable = bookable(at: offer.branch, now: call.now).intersection(range) {
            let search = try self.search(offer, around: bookable, tx)
            search.forEach(in: bookable) { start, practitioner in
                if total >= first, slots.count < asked.limit { slots.append(offer.slot(start, practitioner)) }
                total += 1
            }
        }
        return Page(slots, PageNumbers(page: asked.page, limit: asked.limit, total: total))
    }

    /// The time asked for.
    ///
    /// - Throws: ``Problem`` when it runs backwards or is too long.
    static func range(_ asked: AvailabilityAsked, in zone: Zone, now: Instant) throws(Problem) -> InstantRange {
        let from = asked.from?.start(in: zone) ?? now
        let to = asked.to?.end(in: zone) ?? zone.startOfDay(zone.day(at: from) + 7)
        // The day before from ends where from begins: nothing is asked for.
        guard from < to, let range = InstantRange(start: from, end: to) else {
            throw .invalid("to", .range, "must be later than from")
        }
        // Counted in days of the branch's calendar, so that a change of clocks makes no difference.
        guard to <= zone.startOfDay(zone.day(at: from) + AvailabilityAsked.longest + 1) else {
            throw .invalid("to", .range, "must be at most \(AvailabilityAsked.longest) days after from")
        }
        return range
    }

    /// When customers may have a visit begin: after the notice, up to the last day that can be booked.
    func bookable(at branch: BranchRow, now: Instant) -> InstantRange {
        let first = now + .seconds(settings.bookingNoticeMinutes * 60)
        let end = branch.zone.startOfDay(branch.zone.day(at: now) + settings.maximumDaysAhead + 1)
        return InstantRange(start: first, end: end) ?? .empty(at: first)
    }
}
