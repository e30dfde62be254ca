/// The instants at which a zone's clocks show a given local time. Almost always one; none where clocks were put
/// forward over it, two where they were put back over it.
public enum LocalInstants: Hashable, Sendable {
    /// Clocks show it exactly once.
    case one(Instant)

    /// Clocks never show it: they jumped over it. `before` reads the local time with the offset in force before the
    /// jump, `after` with the one in force after it. So `before` is the **later** instant, past the jump, where clocks
    /// show the local time plus the jump; `after` is the **earlier** one, ahead of the jump, where they show it minus
    /// the jump. Oslo, 2025-03-30 at 02:30: `before` is 01:30Z (03:30 CEST), `after` is 00:30Z (01:30 CET).
    case gap(before: Instant, after: Instant)

    /// Clocks show it twice, because they were put back: first at `earlier`, with the offset before, then at `later`,
    /// with the one after.
    case overlap(earlier: Instant, later: Instant)

    /// What to take for a local time that clocks never show.
    public enum GapPolicy: Hashable, Sendable {
        /// The later instant, past the jump: the clock ran on as before (02:30 becomes 03:30). RFC 5545 asks for this
        /// one.
        case offsetBefore
        /// The earlier instant, ahead of the jump (02:30 becomes 01:30).
        case offsetAfter
    }

    /// What to take for a local time that clocks show twice.
    public enum OverlapPolicy: Hashable, Sendable {
        /// The first time. RFC 5545 asks for this one.
        case earlier
        /// The second time.
        case later
    }

    /// One instant, by policies the caller must name. To refuse such local times instead, switch over the cases.
    public func resolved(gap: GapPolicy, overlap: OverlapPolicy) -> Instant {
        switch self {
        case .one(let instant): instant
        case .gap(let before, let after): gap == .offsetBefore ? before : after
        case .overlap(let earlier, let later): overlap == .earlier ? earlier : later
        }
    }
}
