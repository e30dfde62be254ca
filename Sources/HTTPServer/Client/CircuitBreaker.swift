internal import Synchronization

/// Leaves a target alone that fails again and again, and tries it with one request at a time until it works again. For any
/// kind of target; ``HTTPClient`` has one for each of its own.
public final class CircuitBreaker: Sendable {
    /// When it opens, and for how long.
    public struct Configuration: Sendable, Hashable {
        /// Failures in a row that open it.
        public var failures = 5
        /// How long it stays open at first; each probe that fails doubles it.
        public var recovery: Duration = .seconds(30)
        /// How long it stays open at most.
        public var longestRecovery: Duration = .seconds(300)
        /// The part of that time by which chance makes it shorter or longer, so that many do not come back at once.
        public var jitter = 0.2

        /// The defaults.
        public init() {}
    }

    /// Where it stands.
    public enum State: String, Sendable, Hashable {
        /// Everyone may pass.
        case closed
        /// No one may.
        case open
        /// One probe is under way, or may begin.
        case halfOpen
    }

    /// Leave to try once. Its outcome is reported to the breaker that gave it; what is reported late is not counted.
    public struct Permit: Sendable {
        fileprivate let period: UInt64
        /// Whether the target's fate depends on it.
        public let isProbe: Bool
    }

    /// The target is left alone.
    public struct Open: Error, Sendable, Hashable {
        /// Milliseconds until a try may succeed.
        public let retryAfter: Int64
    }

    /// What has happened until now.
    public struct Metrics: Sendable, Hashable {
        /// Where it stands now.
        public var state = State.closed
        /// How often it opened.
        public var openings = 0
        /// How many tries it turned away.
        public var refusals = 0
    }

    private struct Status: Sendable {
        var failures = 0
        /// Non-nil while it is not closed: when probes may begin, in milliseconds.
        var reopens: Int64?
        var isProbing = false
        var recovery: Int64
        /// Counts the changes, so that reports from before one are known as such.
        var period: UInt64 = 0
        var openings = 0
        var refusals = 0
    }

    private let configuration: Configuration
    private let now: @Sendable () -> Int64
    private let chance: @Sendable () -> Double
    private let status: Mutex<Status>

    /// A closed breaker.
    /// - Parameters:
    ///   - now: Milliseconds of a clock that never goes back.
    ///   - chance: A number from 0 to below 1.
    public init(
        _ configuration: Configuration = Configuration(),
        now: @escaping @Sendable () -> Int64 = { EventLoop.monotonicMilliseconds() },
        chance: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) }
    ) {
        self.configuration = configuration
        self.now = now
        self.chance = chance
        status = Mutex(Status(recovery: configuration.recovery.milliseconds))
    }

    /// Leave to try.
    /// - Throws: ``Open`` when the target is left alone.
    public func permit() throws(Open) -> Permit {
        let answer = status.withLock { status -> Result<Permit, Open> in
            guard let reopens = status.reopens else { return .success(Permit(period: status.period, isProbe: false)) }
            let now = now()
            guard now >= reopens, !status.isProbing else {
                status.refusals += 1
                return .failure(Open(retryAfter: max(reopens - now, 1000)))
            }
            status.isProbing = true
            status.period += 1
            return .success(Permit(period: status.period, isProbe: true))
        }
        return try answer.get()
    }

    /// The try succeeded.
    public func succeeded(_ permit: Permit) {
        status.withLock { status in
            guard permit.period == status.period else { return }
            status.failures = 0
            guard permit.isProbe else { return }
            status.reopens = nil
            status.isProbing = false
            status.recovery = configuration.recovery.milliseconds
            status.period += 1
        }
    }

    /// The try failed, and it was the target's fault.
    public func failed(_ permit: Permit) {
        status.withLock { status in
            guard permit.period == status.period else { return }
            if permit.isProbe {
                status.recovery = min(status.recovery * 2, configuration.longestRecovery.milliseconds)
                open(&status)
            } else {
                status.failures += 1
                if status.failures >= configuration.failures { open(&status) }
            }
        }
    }

    /// The try ended without saying anything of the target: it was cancelled, or never sent.
    public func abandoned(_ permit: Permit) {
        status.withLock { status in
            guard permit.period == status.period, permit.isProbe else { return }
            status.isProbing = false
        }
    }

    private func open(_ status: inout Status) {
        let spread = 1 + configuration.jitter * (2 * chance() - 1)
        status.reopens = now() + Int64(Double(status.recovery) * spread)
        status.isProbing = false
        status.failures = 0
        status.openings += 1
        status.period += 1
    }

    /// What has happened until now.
    public var metrics: Metrics {
        status.withLock { status in
            let state: State = status.reopens.map { $0 <= now() ? .halfOpen : .open } ?? .closed
            return Metrics(state: state, openings: status.openings, refusals: status.refusals)
        }
    }
}
