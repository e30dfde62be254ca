internal import PluginAPI

/// When customers may be called, by their own clocks.
struct CallingWindow: Sendable, Equatable {
    /// Minutes after midnight, included.
    let opens: Int
    /// Minutes after midnight, excluded.
    let closes: Int
    let days: Set<Weekday>

    /// Whether clocks of a zone show a time within at an instant. An hour that clocks skip never is; one they show twice is
    /// both times.
    func isOpen(at instant: Instant, in zone: Zone) -> Bool {
        let local = zone.localTime(at: instant)
        let minute = local.time.secondsSinceMidnight / 60
        return opens <= minute && minute < closes && days.contains(local.day.weekday)
    }

    /// Whether it is open in every zone that a place may lie in.
    func isOpen(at instant: Instant, in place: CallingPlace) -> Bool {
        place.zones.allSatisfy { isOpen(at: instant, in: $0) }
    }

    /// The first instant from one on at which it is open; nil when there is none within two weeks.
    func opening(from instant: Instant, in place: CallingPlace) -> Instant? {
        if isOpen(at: instant, in: place) { return instant }
        var candidates: [Instant] = []
        for zone in place.zones { candidates += beginnings(in: zone, from: instant) }
        return candidates.filter { $0 > instant && isOpen(at: $0, in: place) }.min()
    }

    /// The instants at which it may begin to be open in a zone: when clocks show its beginning, and when they jump.
    private func beginnings(in zone: Zone, from instant: Instant) -> [Instant] {
        let days = 15
        var found: [Instant] = []
        if let time = TimeOfDay(hour: opens / 60, minute: opens % 60) {
            let first = zone.day(at: instant)
            for ahead in -1...days {
                let local = LocalTime(first + ahead, time)
                found.append(zone.firstInstant(notBefore: local))
                if case .overlap(_, let later) = zone.instants(of: local) { found.append(later) }
            }
        }
        let end = instant + .seconds(days * 86_400)
        var transition = zone.nextTransition(after: instant)
        while let next = transition, next < end {
            found.append(next)
            transition = zone.nextTransition(after: next)
        }
        return found
    }
}
