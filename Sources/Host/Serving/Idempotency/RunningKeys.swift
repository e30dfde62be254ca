import Synchronization

/// The keys whose first request still runs; a second one is told to wait. Bounded by the requests in flight.
final class RunningKeys: Sendable {
    private let keys = Mutex<Set<IdempotencyKey>>([])

    /// Marks a key as running.
    ///
    /// - Returns: false when it runs already.
    func begin(_ key: IdempotencyKey) -> Bool { keys.withLock { $0.insert(key).inserted } }

    func end(_ key: IdempotencyKey) { keys.withLock { _ = $0.remove(key) } }
}
