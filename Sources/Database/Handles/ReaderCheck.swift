internal import Synchronization

/// Takes from a reader that nobody has used for a while the memory that only saves work the next time: pages and prepared
/// statements. Asked for by the first read after the last check; an open tenant that rests is small.
final class ReaderCheck: TurnTaker {
    private let place: HandlePlace
    private let idleTime: Int64
    private let pool: TurnPool

    init(_ place: HandlePlace, idleTime: Int64, pool: TurnPool) {
        self.place = place
        self.idleTime = idleTime
        self.pool = pool
    }

    func takeTurn() -> Bool {
        let due = place.lastUsed.load(ordering: .relaxed) + idleTime
        guard MonotonicClock.now() >= due else {
            pool.enqueue(self, at: due)
            return false
        }
        switch place.take() {
        case .connection(let connection):
            place.isWatched.store(false, ordering: .relaxed)
            connection.trim()
            place.putBack(connection)
        case .lent: pool.enqueue(self, at: MonotonicClock.now() + idleTime)
        case .empty, .shut: place.isWatched.store(false, ordering: .relaxed)
        }
        return false
    }
}
