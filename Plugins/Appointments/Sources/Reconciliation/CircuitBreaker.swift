internal import PluginAPI
internal import Synchronization

/// Spares everybody a computation that fails again and again (seed 002 §3.2): after five failures in a row it is open for a
/// minute, then one request at a time may try.
final class CircuitBreaker: Sendable {
    private struct State {
        var failures = 0
        var openUntil: Instant?
        var isTrying = false
    }

    private let state = Mutex(State())
    private let clock: any TimeSource
    private let threshold: Int
    private let recovery: Duration

    init(clock: any TimeSource, threshold: Int = 5, recovery: Duration = .seconds(60)) {
        self.clock = clock
        self.threshold = threshold
        self.recovery = recovery
    }

    /// - Throws: ``Problem`` 503 while it is open.
    func enter() throws(Problem) {
        let now = clock.now
        let wait: Duration? = state.withLock { state in
            guard let until = state.openUntil else { return nil }
            if now < until { return until - now }
            if state.isTrying { return .seconds(1) }
            state.isTrying = true
            return nil
        }
        guard let wait else { return }
        var problem = ReconcileRefusal.unavailable.problem
        problem.retryAfter = max(1, Int((wait + .milliseconds(999)).components.seconds))
        throw problem
    }

    func succeeded() { state.withLock { $0 = State() } }

    func failed() {
        let now = clock.now
        state.withLock { state in
            state.failures += 1
            if state.isTrying || state.failures >= threshold { state.openUntil = now + recovery }
            state.isTrying = false
        }
    }

    /// Neither succeeded nor failed: the request was wrong, or there was no place.
    func left() { state.withLock { $0.isTrying = false } }
}

/// What reconciliation refuses with.
enum ReconcileRefusal: Refusal {
    case unavailable
    case tooLarge

    var problem: Problem {
        switch self {
        case .unavailable:
            Problem(
                503, "SERVICE_UNAVAILABLE", "Records cannot be compared at the moment. Please try again later.",
                retryAfter: 60)
        case .tooLarge:
            Problem(413, "PAYLOAD_TOO_LARGE", "The records together may have 48 MiB.")
        }
    }
}
