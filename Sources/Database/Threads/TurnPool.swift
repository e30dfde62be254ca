internal import StoreAPI
internal import Synchronization

/// Something that has work for a pool, one turn at a time.
protocol TurnTaker: AnyObject, Sendable {
    /// Does one turn on a thread of the pool.
    ///
    /// - Returns: whether it has more to do and wants to stand at the end of the line.
    func takeTurn() -> Bool
}

/// A few threads that give turns to those who stand in line.
///
/// A taker stands in line at most once, which it sees to itself: so no two threads work for one taker, and the line
/// is never longer than there are takers.
final class TurnPool: Sendable {
    private struct State {
        var line = Queue<any TurnTaker>()
        var later: [(time: Int64, taker: any TurnTaker)] = []
        /// The first time in `later`, so that thousands that wait cost nothing before.
        var earliest = Int64.max
        var isStopping = false
    }

    private let state = Signal(State())
    private let threads: [Thread]
    private let hasJoined = Atomic(false)

    /// - Throws: ``StoreError`` of kind `.misuse` when the system has no more threads.
    init(name: String, threads count: Int) throws(StoreError) {
        var threads: [Thread] = []
        for _ in 0..<max(1, count) {
            do {
                threads.append(try Thread { [state] in Self.work(state) })
            } catch {
                state.change { $0.isStopping = true }
                for thread in threads { thread.join() }
                throw StoreError(.misuse, "no thread for \(name): error \(error.code)")
            }
        }
        self.threads = threads
    }

    /// Puts a taker at the end of the line.
    func enqueue(_ taker: any TurnTaker) { state.changeOne { $0.line.append(taker) } }

    /// Puts a taker in line at a time of the monotonic clock, in nanoseconds.
    func enqueue(_ taker: any TurnTaker, at time: Int64) {
        state.changeOne { state in
            state.later.append((time, taker))
            state.earliest = min(state.earliest, time)
        }
    }

    deinit {
        guard !hasJoined.load(ordering: .relaxed) else { return }
        state.change { $0.isStopping = true }
        for thread in threads { thread.detach() }
    }

    /// Ends the threads once the line is empty; who waits for a later time is forgotten. Called once.
    func stop() {
        hasJoined.store(true, ordering: .relaxed)
        state.change { $0.isStopping = true }
        for thread in threads { thread.join() }
        state.change { $0.later = [] }
    }

    private static func work(_ state: Signal<State>) {
        while let taker = state.wait({ next(&$0) }) {
            if taker.takeTurn() { state.changeOne { $0.line.append(taker) } }
        }
    }

    private static func next(_ state: inout State) -> Signal<State>.Answer<(any TurnTaker)?> {
        if !state.later.isEmpty, !state.isStopping {
            let now = MonotonicClock.now()
            if state.earliest <= now {
                for (time, taker) in state.later where time <= now { state.line.append(taker) }
                state.later.removeAll { $0.time <= now }
                state.earliest = state.later.map(\.time).min() ?? .max
            }
        }
        if let taker = state.line.popFirst() { return .ready(taker) }
        if state.isStopping { return .ready(nil) }
        return .wait(until: state.later.isEmpty ? nil : state.earliest)
    }
}
