import Synchronization

/// Answers that are given again while nothing was written in their tenant, for each event loop its own.
///
/// It is bounded: ``capacity`` answers a loop, of at most ``KeptAnswer/largest`` bytes. Whether an answer is still true is
/// decided by the number of commits alone (see ``Database/commits``), so nobody has to remember to drop one.
final class KeptAnswers: Sendable {
    static let capacity = 1024

    private let slots: [Slot]

    private final class Slot: Sendable {
        let cache = Mutex(ClockCache<KeptAnswer.Key, KeptAnswer>(capacity: KeptAnswers.capacity))
    }

    init(loops: Int) { slots = (0..<max(1, loops)).map { _ in Slot() } }

    /// The answer for a key, if nothing was committed since.
    func find(_ key: KeptAnswer.Key, loop: Int, commits: UInt64) -> KeptAnswer? {
        slots[loop % slots.count].cache.withLock { cache in
            guard let kept = cache.find(key), kept.commits == commits else { return nil }
            return kept
        }
    }

    func keep(_ answer: KeptAnswer, under key: KeptAnswer.Key, loop: Int) {
        slots[loop % slots.count].cache.withLock { $0.keep(answer, under: key) }
    }
}
