/// The time from `start` up to but not including `end`. May be empty; never backwards.
public struct InstantRange: Hashable, Sendable {
    /// The first instant, unless the range is empty.
    public let start: Instant
    /// The first instant after the range.
    public let end: Instant

    /// The time `start ..< end`; nil where `start` is after `end`.
    public init?(start: Instant, end: Instant) {
        guard start <= end else { return nil }
        self.start = start
        self.end = end
    }

    private init(at instant: Instant) {
        start = instant
        end = instant
    }

    /// The range without instants that starts and ends at `instant`.
    public static func empty(at instant: Instant) -> InstantRange { InstantRange(at: instant) }

    /// How long it is; never negative.
    public var duration: Duration { end - start }
    /// Whether there is no instant in it.
    public var isEmpty: Bool { start == end }
    /// Whether `instant` is in it; `end` is not.
    public func contains(_ instant: Instant) -> Bool { start <= instant && instant < end }
    /// Whether every instant of `other` is in it; so every empty range is.
    public func contains(_ other: InstantRange) -> Bool {
        other.isEmpty || (start <= other.start && other.end <= end)
    }
    /// Whether some instant is in both. Ranges that only touch do not overlap, and an empty range overlaps nothing.
    public func overlaps(_ other: InstantRange) -> Bool { max(start, other.start) < min(end, other.end) }

    /// The time in both; nil where they do not overlap.
    public func intersection(_ other: InstantRange) -> InstantRange? {
        overlaps(other) ? InstantRange(start: max(start, other.start), end: min(end, other.end)) : nil
    }
}
