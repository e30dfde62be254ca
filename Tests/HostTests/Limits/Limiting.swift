import PluginAPI
import Time

@testable import Host

/// What the tests of limits share.
extension LimitTable {
    /// Compiles a limit that has windows.
    func policy(
        _ windows: (count: Int, seconds: Int)..., per key: RateLimit.Key = .person, name: String = "person",
        tier: String? = nil
    ) throws -> LimitPolicy {
        let windows = windows.map { RateLimit.Window($0.count, each: .seconds($0.seconds)) }
        guard let policy = compile(RateLimit(per: key, windows), name: name, tier: tier) else { throw NoWindows() }
        return policy
    }

    func check(_ policy: LimitPolicy, _ key: String = "a", at seconds: Double) -> LimitVerdict {
        check(policy, tenant: 1, key: .text(key), now: .at(seconds))
    }
}

struct NoWindows: Error {}

extension Instant {
    /// So many seconds after a round moment in 2025.
    static func at(_ seconds: Double) -> Instant {
        Instant(microseconds: 1_756_377_000_000_000 + Int64(seconds * 1_000_000))
    }
}

/// Random numbers that are the same in every run (SplitMix64).
struct Dice: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// The first moment at which an interval of the window's length holds more than its limit; nil when none does.
func excess(of limit: Int, in length: Int64, _ moments: [Int64]) -> Int64? {
    let sorted = moments.sorted()
    guard sorted.count > limit else { return nil }
    for index in 0..<(sorted.count - limit) where sorted[index + limit] - sorted[index] <= length {
        return sorted[index]
    }
    return nil
}
