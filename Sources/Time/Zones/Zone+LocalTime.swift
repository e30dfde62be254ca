extension Zone {
    /// The instants at which clocks in this zone show `local`: one, none (`gap`) or two (`overlap`). Allocates nothing.
    /// Instants outside the years 0001...9999 of UTC are moved to the first or last.
    public func instants(of local: LocalTime) -> LocalInstants {
        let wall = local.microseconds
        switch rules.resolve(wall: Civil.floorDivide(wall, 1_000_000)) {
        case .one(let offset): return .one(instant(wall, offset))
        case .gap(let before, let after, _):
            return .gap(before: instant(wall, before), after: instant(wall, after))
        case .overlap(let first, let second):
            return .overlap(earlier: instant(wall, first), later: instant(wall, second))
        }
    }

    /// The first instant at which clocks show `local`; where they jump over it, the instant of the jump.
    public func firstInstant(notBefore local: LocalTime) -> Instant {
        let wall = local.microseconds
        switch rules.resolve(wall: Civil.floorDivide(wall, 1_000_000)) {
        case .one(let offset), .overlap(let offset, _): return instant(wall, offset)
        case .gap(_, _, let transition): return Instant(seconds: transition)
        }
    }

    /// The first instant of `day` here: midnight, or the end of the gap where there is no midnight.
    /// For a day that the zone skipped (Apia, 2011-12-30) it is the first instant of the next.
    public func startOfDay(_ day: Day) -> Instant { firstInstant(notBefore: LocalTime(day, .midnight)) }

    /// From the start of `day` to the start of the next: 24 hours, 23 or 25 where clocks change, none where the zone
    /// skipped the day. The ranges of successive days join without gap or overlap; so where clocks go back *over*
    /// midnight (St. John's until 2011), the repeated end of the day before belongs to this range.
    public func range(of day: Day) -> InstantRange {
        let start = startOfDay(day)
        let end = day == .maximum ? Instant.maximum : startOfDay(day + 1)
        // Nil only if a zone jumped back by more than a day; none did, and no instant would then belong to the day
        // alone.
        return InstantRange(start: start, end: end) ?? .empty(at: start)
    }

    private func instant(_ wall: Int64, _ offset: Int) -> Instant {
        Instant(microseconds: wall - Int64(offset) * 1_000_000)
    }
}
