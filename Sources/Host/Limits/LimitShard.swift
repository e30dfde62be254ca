import Synchronization
import Time

/// One part of the table behind its own lock.
final class LimitShard: Sendable {
    private let state: Mutex<LimitEntries>

    init(capacity: Int) { state = Mutex(LimitEntries(capacity: capacity)) }

    func check(_ policy: LimitPolicy, _ key: LimitKey, _ now: Instant) -> LimitVerdict {
        state.withLock { $0.check(policy, key, now) }
    }

    var count: Int { state.withLock { $0.count } }
}
