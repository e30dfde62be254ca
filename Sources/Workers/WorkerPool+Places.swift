/// Places taken ahead of work, for what is preceded by other work that need not be done when the pool is full.
extension WorkerPool {
    /// Takes a place, which is to be left by ``leavePlace(for:)``, whatever comes of the work.
    ///
    /// There are as many places as pieces of work may wait and run; one key has as many as it may have waiting, and one
    /// for each thread. Work needs no place: a place keeps only others with the same key from having more of them.
    /// - Throws: ``PoolFull`` when there is none, or the pool is closing.
    public func takePlace(for key: UInt64 = 0) throws(PoolFull) { try core.takePlace(for: key) }

    /// Leaves a place that was taken.
    public func leavePlace(for key: UInt64 = 0) { core.leavePlace(for: key) }
}

/// The places that are taken, in all and by key.
struct PlacesTaken: Sendable {
    private(set) var count = 0
    private var byKey: [UInt64: Int] = [:]

    /// How many of them a key has.
    func count(for key: UInt64) -> Int { byKey[key] ?? 0 }

    mutating func take(for key: UInt64) {
        count += 1
        byKey[key, default: 0] += 1
    }

    mutating func leave(for key: UInt64) {
        guard let taken = byKey[key] else { return }
        count -= 1
        byKey[key] = taken > 1 ? taken - 1 : nil
    }
}
