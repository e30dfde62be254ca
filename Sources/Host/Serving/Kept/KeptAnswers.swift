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

    /// The answer to what is wanted of a target, if nothing was committed since it was kept.
    func find(_ wanted: KeptAnswer.Wanted, _ target: Span<UInt8>, loop: Int, commits: UInt64) -> KeptAnswer? {
        let digest = wanted.digest(target)
        let kept = slots[loop % slots.count].cache.withLock { cache in
            cache.find(digest: digest) { $0.matches(wanted, target) }
        }
        return kept?.commits == commits ? kept : nil
    }

    func keep(_ answer: KeptAnswer, _ wanted: KeptAnswer.Wanted, _ target: Span<UInt8>, loop: Int) {
        let key = KeptAnswer.Key(wanted, target)
        slots[loop % slots.count].cache.withLock { $0.keep(answer, under: key) }
    }
}
