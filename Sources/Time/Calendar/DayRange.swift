/// Days from `start` up to but not including `end`. May be empty; never backwards.
public struct DayRange: Hashable, Sendable {
    /// The first day, unless the range is empty.
    public let start: Day
    /// The day after the last.
    public let end: Day

    /// The days `start ..< end`; nil where `start` is after `end`.
    public init?(start: Day, end: Day) {
        guard start <= end else { return nil }
        self.start = start
        self.end = end
    }

    /// The days from `first` to `last`, both included; nil where `first` is after `last`, or `last` is `Day.maximum`.
    public init?(from first: Day, through last: Day) {
        guard first <= last, last < .maximum else { return nil }
        self.init(start: first, end: last + 1)
    }

    /// The number of days.
    public var count: Int { end - start }
    /// Whether there is no day in it.
    public var isEmpty: Bool { start == end }
    /// Whether `day` is in it.
    public func contains(_ day: Day) -> Bool { start <= day && day < end }
    /// Whether some day is in both. An empty range overlaps nothing.
    public func overlaps(_ other: DayRange) -> Bool {
        Swift.max(start, other.start) < Swift.min(end, other.end)
    }
}

extension DayRange: Sequence {
    /// Goes through the days in order.
    public func makeIterator() -> Iterator { Iterator(next: start, end: end) }

    /// The days that are still to come.
    public struct Iterator: IteratorProtocol, Sendable {
        private var upcoming: Day
        private let end: Day

        init(next: Day, end: Day) {
            upcoming = next
            self.end = end
        }

        /// The next day; nil after the last.
        public mutating func next() -> Day? {
            guard upcoming < end else { return nil }
            defer { upcoming = upcoming + 1 }
            return upcoming
        }
    }
}
