/// How many connections are cut at a time. A thousand clients that came together and say nothing would be cut together, and
/// come again together; refusing the old and taking the new would hold everybody else up.
struct ExpiryPace {
    /// Milliseconds of a moment.
    static let moment: Int64 = 4
    /// In a moment, one connection of so many that are open is cut, and one at least.
    static let share = 2048

    /// When the next may be cut, in milliseconds of the loop's clock.
    private(set) var next = Int64.min

    /// How many may be cut now, with so many open; none before `next`.
    mutating func allowed(at now: Int64, open: Int) -> Int {
        guard now >= next else { return 0 }
        next = now + Self.moment
        return max(1, open / Self.share)
    }
}
