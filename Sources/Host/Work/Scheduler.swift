import PluginAPI
import Synchronization
import Workers

/// Opens tenants when they have work and does it: one timer over the due index, nothing polls.
final class Scheduler: Sendable {
    private let due: DueIndex
    private let clock: any TimeSource
    private let pool: WorkerPool
    private let log: any Log
    private let turn: @Sendable (String) async throws -> any TenantTurn
    private let concurrency: Int
    private let state = Mutex(State())

    private struct State {
        /// How many tenants are being worked on.
        var running = 0
        var alarm: CheckedContinuation<Void, Never>?
        var isRinging = false
        var isStopped = false
    }

    /// How long a tenant that cannot be opened is left alone.
    private static let pauseAfterFailure = Duration.seconds(30)
    /// The timer looks again at least this often, so that a change of the system's clock is noticed.
    private static let longestSleep = Duration.seconds(60)

    /// - Parameters:
    ///   - concurrency: tenants worked on at once.
    ///   - turn: opens a tenant and gives what there is to do in one turn.
    init(
        due: DueIndex, clock: any TimeSource, pool: WorkerPool, log: any Log, concurrency: Int = 4,
        turn: @escaping @Sendable (String) async throws -> any TenantTurn
    ) {
        self.due = due
        self.clock = clock
        self.pool = pool
        self.log = log
        self.concurrency = concurrency
        self.turn = turn
    }

    /// Wakes the timer: something may be due earlier than it thought.
    func wake() {
        let alarm = state.withLock { state in
            state.isRinging = true
            defer { state.alarm = nil }
            return state.alarm
        }
        alarm?.resume()
    }

    /// Runs until stopped.
    func run() async {
        await withDiscardingTaskGroup { group in
            while !state.withLock({ $0.isStopped }) {
                let now = clock.now
                for tenant in claim(now: now) { group.addTask { await self.work(tenant) } }
                await sleep(for: pause(now: now))
            }
        }
    }

    func stop() {
        state.withLock { $0.isStopped = true }
        wake()
    }

    /// Does everything that is due now and returns when it is done; for tests and for a host about to stop.
    func runDue() async {
        while true {
            let tenants = claim(now: clock.now)
            guard !tenants.isEmpty else { return }
            for tenant in tenants { await work(tenant) }
        }
    }

    /// Takes due tenants that nobody works on, as many as there is room for.
    private func claim(now: Instant) -> [String] {
        state.withLock { state in
            let claimed = due.take(dueAt: now, atMost: concurrency - state.running)
            state.running += claimed.count
            return claimed
        }
    }

    private func work(_ tenant: String) async {
        var heldBackUntil: Instant?
        do {
            let work = try await turn(tenant)
            try await work.run(clock: clock)
            let generation = due.generation(of: tenant)
            let next = try await work.nextDue(now: clock.now)
            try await pool.run { [due] in try due.raise(tenant, to: next, since: generation) }
        } catch is CancellationError where Task.isCancelled {
            // The process is about to end; the next one finds the work as it stands in the index.
        } catch {
            log.write(.error, "a tenant's work could not be done", ["tenant": tenant, "error": "\(error)"])
            heldBackUntil = clock.now + Self.pauseAfterFailure
        }
        // What is left waits behind the tenants that became due meanwhile, however long it has been due.
        due.giveBack(tenant, heldBackUntil: heldBackUntil ?? clock.now)
        state.withLock { $0.running -= 1 }
        wake()
    }

    /// How long nothing new is due.
    private func pause(now: Instant) -> Duration {
        // Whoever finishes wakes the timer.
        guard state.withLock({ $0.running < concurrency }), let next = due.next else { return Self.longestSleep }
        return min(max(.zero, next - now), Self.longestSleep)
    }

    /// Sleeps, unless woken.
    private func sleep(for pause: Duration) async {
        guard pause > .zero else { return }
        let timer = Task {
            try? await Task.sleep(for: pause)
            if !Task.isCancelled { wake() }
        }
        await withCheckedContinuation { continuation in
            let isRinging = state.withLock { state in
                if !state.isRinging { state.alarm = continuation }
                return state.isRinging
            }
            if isRinging { continuation.resume() }
        }
        state.withLock { $0.isRinging = false }
        timer.cancel()
    }
}
