internal import Synchronization

/// A number one loop writes and anyone reads: plain loads and stores, no locked instruction.
struct Gauge: ~Copyable, Sendable {
    private let value = Atomic<Int>(0)

    func increment() { add(1) }
    func decrement() { add(-1) }
    func add(_ amount: Int) { value.store(value.load(ordering: .relaxed) &+ amount, ordering: .relaxed) }
    func raise(to peak: Int) { if peak > read() { value.store(peak, ordering: .relaxed) } }
    func read() -> Int { value.load(ordering: .relaxed) }
}

/// What a loop counts.
final class LoopCounters: Sendable {
    let accepted = Gauge()
    let turnedAway = Gauge()
    let open = Gauge()
    let requests = Gauge()
    let refused = Gauge()
    let timedOut = Gauge()
    let runningTasks = Gauge()
    let unsentBytes = Gauge()
    let peakUnsentBytes = Gauge()
    let heldBodyBytes = Gauge()
    let peakHeldBodyBytes = Gauge()
    let suspendedWriters = Gauge()
    let suspendedReaders = Gauge()
    let webSockets = Gauge()
    let eventStreams = Gauge()
    let messages = Gauge()
    let laggards = Gauge()
}
