internal import PluginAPI

/// What somebody wants to have booked, before it is decided with whom and where.
struct Wish {
    let offer: Offer
    let start: Instant
    /// Whose wish it is: the clinic books what it likes to, customers what is offered.
    let isCustomers: Bool
    /// Who is asked first, though others may do.
    var preferred: String?
    /// Why it may overlap what is taken, and who says so.
    var overbooking: Overbooking?

    /// A reason that somebody of the clinic answers for.
    struct Overbooking {
        let reason: String
        let person: PersonID
    }
}

/// A visit with everything decided.
struct Placed {
    let offer: Offer
    let practitioner: Practitioner
    let room: String?
    let start: Instant
    var overbooking: Wish.Overbooking?
}

extension Appointments {
    /// Finds a practitioner and a room for a wish.
    ///
    /// - Throws: ``Problem`` when there is none, with up to five other times.
    func place(_ wish: Wish, _ tx: borrowing Transaction) throws -> Placed {
        let (offer, start) = (wish.offer, wish.start)
        let moment = InstantRange(start: start, end: start + .microseconds(1)) ?? .empty(at: start)
        // The clinic books at any minute; what customers are offered steps by the grid.
        let search = try search(offer, around: moment, grid: wish.isCustomers ? nil : .seconds(60), tx)
        let free = search.practitioners(freeAt: start)
        if free.isEmpty, let overbooking = wish.overbooking {
            return try overbook(wish, overbooking, search, tx)
        }
        guard !free.isEmpty else {
            let isTaken = !search.withoutTaken.practitioners(freeAt: start).isEmpty
            throw try refusal(isTaken ? .taken : .notOffered, wish, tx)
        }
        let candidates = free.map { offer.practitioners[$0] }
        let practitioner =
            try candidates.first { $0.id == wish.preferred } ?? leastLoaded(candidates, at: start, offer, tx)
        return Placed(offer: offer, practitioner: practitioner, room: search.room(freeAt: start), start: start)
    }

    /// Books over what is taken, or outside of all hours: whoever was asked for, else whoever has fewest that day.
    private func overbook(
        _ wish: Wish, _ overbooking: Wish.Overbooking, _ search: SlotSearch, _ tx: borrowing Transaction
    ) throws -> Placed {
        let offer = wish.offer
        let practitioner =
            try offer.practitioners.first { $0.id == wish.preferred }
            ?? leastLoaded(offer.practitioners, at: wish.start, offer, tx)
        let room = search.room(freeAt: wish.start) ?? search.rooms?.first?.id
        return Placed(
            offer: offer, practitioner: practitioner, room: room, start: wish.start, overbooking: overbooking)
    }

    /// Who has the fewest visits that day; of several, the one whose id comes first.
    private func leastLoaded(
        _ candidates: [Practitioner], at start: Instant, _ offer: Offer, _ tx: borrowing Transaction
    ) throws -> Practitioner {
        let day = offer.branch.zone.day(at: start)
        var best: (practitioner: Practitioner, load: Int)?
        for practitioner in candidates {
            let load = candidates.count == 1 ? 0 : try tx.load(of: practitioner.id, on: day)
            if best.map({ load < $0.load }) ?? true { best = (practitioner, load) }
        }
        guard let best else { throw BookingRefusal.notOffered }
        return best.practitioner
    }

    /// The refusal of a time, with up to five others that are near it.
    func refusal(_ refusal: BookingRefusal, _ wish: Wish, _ tx: borrowing Transaction) throws -> Problem {
        let offer = wish.offer
        var problem = refusal.problem
        let near = InstantRange(start: wish.start - .seconds(86_400), end: wish.start + .seconds(14 * 86_400))
        let bookable =
            wish.isCustomers
            ? bookable(at: offer.branch, now: tx.now)
            : InstantRange(start: tx.now, end: .maximum) ?? .empty(at: tx.now)
        var slots: [Slot] = []
        if let range = near.flatMap({ bookable.intersection($0) }) {
            try search(offer, around: range, tx).forEach(in: range) { start, practitioner in
                // One for each start: the others with the same start are no other time.
                if slots.last?.start != start { slots.append(offer.slot(start, practitioner)) }
            }
        }
        func distance(_ slot: Slot) -> Int64 { abs(slot.start.microseconds - wish.start.microseconds) }
        let nearest = slots.filter { $0.start != wish.start }
            .sorted { (distance($0), $0.start) < (distance($1), $1.start) }.prefix(5)
        problem.details = ["alternatives": .array(nearest.sorted { $0.start < $1.start }.map(\.tree))]
        return problem
    }
}

extension Slot {
    /// As a tree, for the details of a problem.
    fileprivate var tree: JSON {
        [
            "start": .string(start.description), "end": .string(end.description),
            "practitionerId": .string(practitionerId), "branchId": .string(branchId),
            "timeZone": .string(timeZone.name),
        ]
    }
}
