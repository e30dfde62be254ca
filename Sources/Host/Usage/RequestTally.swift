import Database
import PluginAPI
import Synchronization

/// Counts a tenant's requests by day (UTC), on the event loops and without a lock, and stores them some minutes apart.
///
/// What was counted since is lost when the process is killed, and nothing of it when the process stops.
final class RequestTally: Sendable {
    /// So many seconds apart, what was counted is stored.
    static let every: Int64 = 300
    /// Loops beyond so many share counters.
    private static let laneCount = 16

    /// The counters of one loop, or of some.
    private final class Lane: Sendable {
        let day = Atomic<Int>(0)
        let requests = Atomic<Int>(0), refused = Atomic<Int>(0), failed = Atomic<Int>(0)

        /// Takes the counts out.
        func take() -> RequestCounts {
            RequestCounts(
                requests: requests.exchange(0, ordering: .relaxed), refused: refused.exchange(0, ordering: .relaxed),
                failed: failed.exchange(0, ordering: .relaxed))
        }
    }

    private let lanes = (0..<laneCount).map { _ in Lane() }
    private let database: Database
    /// What was counted and is not stored, but for the lanes; a handful of days at most.
    private let earlier = Mutex<[Int: RequestCounts]>([:])
    /// When storing is due next, in seconds since 1970; 0 before the first request.
    private let due = Atomic<Int64>(0)

    init(_ database: Database) { self.database = database }

    /// Counts a request that was answered. Returns at once.
    func count(status: Int, loop: Int, at now: Instant) {
        let seconds = now.seconds
        let day = Int(seconds / 86_400)
        let lane = lanes[loop & (Self.laneCount - 1)]
        if lane.day.load(ordering: .relaxed) != day { turn(lane, to: day) }
        lane.requests.wrappingAdd(1, ordering: .relaxed)
        if status >= 500 {
            lane.failed.wrappingAdd(1, ordering: .relaxed)
        } else if status >= 400 {
            lane.refused.wrappingAdd(1, ordering: .relaxed)
        }
        let due = due.load(ordering: .relaxed)
        guard seconds >= due else { return }
        let isMine = self.due.compareExchange(
            expected: due, desired: seconds + Self.every, ordering: .relaxed
        ).exchanged
        // The first request has nothing behind it.
        if isMine, due != 0 { Task.detached { [self] in try? await store() } }
    }

    /// Another day: what was counted of the one before is put aside.
    private func turn(_ lane: Lane, to day: Int) {
        earlier.withLock { earlier in
            let before = lane.day.exchange(day, ordering: .relaxed)
            guard before != day else { return }
            earlier[before, default: RequestCounts()].add(lane.take())
        }
    }

    /// What was counted and is not stored yet, by day.
    var pending: [Day: RequestCounts] {
        var all = earlier.withLock { $0 }
        for lane in lanes {
            all[lane.day.load(ordering: .relaxed), default: RequestCounts()].add(
                RequestCounts(
                    requests: lane.requests.load(ordering: .relaxed), refused: lane.refused.load(ordering: .relaxed),
                    failed: lane.failed.load(ordering: .relaxed)))
        }
        return Dictionary(
            uniqueKeysWithValues: all.filter { $0.value.requests > 0 }.map { (Day(daysSinceEpoch: $0.key), $0.value) })
    }

    /// Stores what was counted.
    ///
    /// - Throws: ``StoreError``, and then it is still counted.
    func store() async throws {
        let taken = earlier.withLock { earlier in
            var all = earlier
            earlier = [:]
            for lane in lanes { all[lane.day.load(ordering: .relaxed), default: RequestCounts()].add(lane.take()) }
            return all.filter { $0.value.requests > 0 }
        }
        guard !taken.isEmpty else { return }
        do {
            try await database.write(as: .host) { try RequestDays.add(taken, HostWriter($0)) }
        } catch {
            earlier.withLock { earlier in
                for (day, counts) in taken { earlier[day, default: RequestCounts()].add(counts) }
            }
            throw error
        }
    }
}

/// How many requests there were.
struct RequestCounts: Sendable, Equatable {
    /// All.
    var requests = 0
    /// Of them, those answered 4xx.
    var refused = 0
    /// Of them, those answered 5xx.
    var failed = 0

    mutating func add(_ other: RequestCounts) {
        requests += other.requests
        refused += other.refused
        failed += other.failed
    }
}
