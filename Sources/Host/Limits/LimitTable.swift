import PluginAPI
import Synchronization
import Time

/// Counts requests in sliding windows for the whole process: who may go on, and what the client is told about it.
///
/// Safe to call from every thread. A check takes well under a microsecond and never waits for anything but another
/// check of the same shard. The number of keys is bounded: when a shard is full, its least recently used key that is
/// under its limit is dropped; when every key of the shard is at its limit, a new key is refused.
final class LimitTable: Sendable {
    /// The longest text a key may have, in bytes of UTF-8; no phone number, address or user name is longer.
    /// A longer one is refused, so that keys cannot be used to fill the memory.
    static let longestKey = 512

    private let shards: [LimitShard]
    private let scale: Int
    private let lastPolicy = Atomic<UInt32>(0)

    /// A table for at most `capacity` keys, or one key for each shard where that is more.
    ///
    /// - Parameters:
    ///   - scale: Multiplies every count (`--rate-limit-scale`).
    ///   - shards: How many parts with a lock each; rounded up to a power of two.
    init(capacity: Int = 131_072, scale: Int = 1, shards count: Int = 64) {
        var shardCount = 1
        while shardCount < min(count, 4096) { shardCount *= 2 }
        let room = min(max(capacity / shardCount, 1), Int(Int32.max) - 1)
        shards = (0..<shardCount).map { _ in LimitShard(capacity: room) }
        self.scale = max(scale, 1)
    }

    /// Makes a limit ready for checks. Call once for each limit and keep the result: counts belong to the policy,
    /// so the same limit compiled twice counts twice. Nil for a limit without windows, which limits nothing.
    ///
    /// - Parameters:
    ///   - name: Stands in `RateLimit-Policy`.
    ///   - tier: Stands in `X-RateLimit-Tier`.
    func compile(_ limit: RateLimit, name: String, tier: String? = nil) -> LimitPolicy? {
        guard !limit.windows.isEmpty else { return nil }
        let id = lastPolicy.wrappingAdd(1, ordering: .relaxed).newValue
        return LimitPolicy(limit, id: id, name: name, tier: tier, scale: scale)
    }

    /// Counts one request in all windows of the policy, or in none when one of them is at its limit.
    ///
    /// - Parameters:
    ///   - policy: Compiled by this table.
    ///   - tenant: A number that no other tenant of this process has or had.
    ///   - now: The wall clock's time. It may lag behind that of other calls by up to a minute; more than that is taken
    ///     for a clock that was set back, after which windows go on from where they were.
    func check(_ policy: LimitPolicy, tenant: UInt32, key value: LimitKeyValue, now: Instant) -> LimitVerdict {
        let key = LimitKey(tenant: tenant, policy: policy.id, value: value)
        // The upper half of the hash chooses the shard; dictionaries mix the whole of it again.
        let shard = shards[Int(truncatingIfNeeded: key.hash &>> 32) & (shards.count - 1)]
        return shard.check(policy, key, now)
    }

    /// How many keys are held at this moment.
    var count: Int { shards.reduce(0) { $0 + $1.count } }
}
