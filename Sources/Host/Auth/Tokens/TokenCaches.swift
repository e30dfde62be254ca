import Synchronization

/// The token caches of the process, one for each event loop, shared by all tenants.
final class TokenCaches: Sendable {
    private let slots: [Slot]

    private final class Slot: Sendable {
        let cache: Mutex<TokenCache>
        init(capacity: Int) { cache = Mutex(TokenCache(capacity: capacity)) }
    }

    /// - Parameters:
    ///   - loops: how many event loops there are; each has the number of its slot.
    ///   - capacity: tokens kept for each; one takes about two kilobytes with its session.
    init(loops: Int, capacity: Int = 4096) {
        slots = (0..<max(1, loops)).map { _ in Slot(capacity: capacity) }
    }

    /// Lends the cache of a loop. Only that loop uses it as a rule, so the lock is free.
    func withCache<T>(_ slot: Int, _ body: (inout TokenCache) -> T) -> T {
        // A slot beyond the loops, of a test or another thread, shares one.
        slots[slot % slots.count].cache.withLock { body(&$0) }
    }

    /// Tokens kept for a loop.
    func count(_ slot: Int) -> Int { withCache(slot) { $0.count } }
}
