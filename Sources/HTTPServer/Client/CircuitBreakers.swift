internal import Synchronization

/// A breaker for each target, by name. Bounded: those not used for longest are forgotten.
public final class CircuitBreakers: Sendable {
    private struct Entry: Sendable {
        let breaker: CircuitBreaker
        var used: UInt64
    }

    private struct Entries: Sendable {
        var all: [String: Entry] = [:]
        var uses: UInt64 = 0
    }

    private let configuration: CircuitBreaker.Configuration
    private let limit: Int
    private let now: @Sendable () -> Int64
    private let entries = Mutex(Entries())

    /// None yet.
    /// - Parameters:
    ///   - limit: How many are kept.
    ///   - now: Milliseconds of a clock that never goes back.
    public init(
        _ configuration: CircuitBreaker.Configuration = CircuitBreaker.Configuration(), limit: Int = 1000,
        now: @escaping @Sendable () -> Int64 = { EventLoop.monotonicMilliseconds() }
    ) {
        self.configuration = configuration
        self.limit = max(limit, 1)
        self.now = now
    }

    /// The breaker of a target.
    public func breaker(for target: String) -> CircuitBreaker {
        entries.withLock { entries in
            entries.uses += 1
            if let known = entries.all[target]?.breaker {
                entries.all[target]?.used = entries.uses
                return known
            }
            if entries.all.count >= limit { Self.forget(&entries.all, limit) }
            let breaker = CircuitBreaker(configuration, now: now)
            entries.all[target] = Entry(breaker: breaker, used: entries.uses)
            return breaker
        }
    }

    /// A tenth at once, so that it is not looked for at every new target.
    private static func forget(_ all: inout [String: Entry], _ limit: Int) {
        for (target, _) in all.sorted(by: { $0.value.used < $1.value.used }).prefix(limit / 10 + 1) {
            all[target] = nil
        }
    }

    /// Where each target stands.
    public var metrics: [String: CircuitBreaker.Metrics] {
        entries.withLock { $0.all.mapValues(\.breaker.metrics) }
    }
}
