import PluginAPI
import Time

/// Checks of limits for a benchmark: what a request of a customer in a tier costs, who is one of many. Visible in this
/// package alone.
package final class LimitMeasure: Sendable {
    private let table: LimitTable
    private let tiers: TierLimits
    private let keys: [LimitKeyValue]

    /// - Parameters:
    ///   - people: so many ask in turns.
    ///   - capacity: how many keys the table has room for; that of a host, if nil.
    package init(people: Int, capacity: Int? = nil) {
        table = capacity.map { LimitTable(capacity: $0) } ?? LimitTable()
        var numbers = TierTable()
        // Nobody is refused: an admitted request does more.
        numbers.free = TierNumbers(perHour: 10_000_000, perDay: 100_000_000, perSecond: 10_000)
        tiers = TierPolicies(table).limits(numbers)
        keys = (0..<max(people, 1)).map { .text("usr_01jd3q\(String($0, radix: 32))0000000000000000") }
    }

    /// Checks so often, each by the next of the people and 50 microseconds after the one before.
    ///
    /// - Parameter first: with whom to begin, so that threads do not follow each other.
    /// - Returns: how many were admitted.
    package func check(_ count: Int, from first: Int) -> Int {
        guard let policy = tiers.free else { return 0 }
        var admitted = 0
        for number in 0..<count {
            let now = Instant(microseconds: 1_790_000_000_000_000 + Int64(number) * 50)
            let key = keys[(first + number) % keys.count]
            if table.check(policy, tenant: 1, key: key, now: now).isAllowed { admitted += 1 }
        }
        return admitted
    }

    /// Checks once for each of many people who never come again.
    ///
    /// - Returns: how many keys the table then holds.
    package func checkStrangers(_ numbers: Range<Int>) -> Int {
        guard let policy = tiers.free else { return 0 }
        for number in numbers {
            let key = LimitKeyValue.text(
                "somebody with a rather long name, number \(number), at a portal like any other")
            let now = Instant(microseconds: 1_790_000_000_000_000 + Int64(number) * 1000)
            _ = table.check(policy, tenant: 1, key: key, now: now)
        }
        return table.count
    }
}
