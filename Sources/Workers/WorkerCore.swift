import Synchronization

/// What the threads of a ``WorkerPool`` share. The threads keep it alive, so the pool itself can be released while they
/// finish what is queued.
final class WorkerCore: Sendable {
    private let name: String
    private let threadLimit: Int
    private let queueLimit: Int
    private let perKeyLimit: Int
    private let stackSize: Int
    private let niceness: Int
    private let state = Mutex(WorkerState())
    private let wake = WakeSignal()

    init(name: String, threadLimit: Int, queueLimit: Int, perKeyLimit: Int, stackSize: Int, niceness: Int) {
        self.name = name
        self.threadLimit = threadLimit
        self.queueLimit = queueLimit
        self.perKeyLimit = perKeyLimit
        self.stackSize = stackSize
        self.niceness = niceness
    }

    var metrics: WorkerMetrics { state.withLock { $0.metrics } }

    /// Adds `job` to the lane of `key` and sees to it that a thread will take it.
    func enqueue(_ job: Job, for key: UInt64) throws(PoolFull) -> FairQueue<Job>.Ticket {
        try state.withLock { (state) throws(PoolFull) in
            if let refusal = refusal(of: key, &state) {
                state.refused += 1
                throw PoolFull(reason: refusal, retryAfterSeconds: state.secondsToEmpty(threads: threadLimit))
            }
            return state.queue.append(job, for: key)
        }
    }

    /// Counts a place of `key`.
    func takePlace(for key: UInt64) throws(PoolFull) {
        try state.withLock { (state) throws(PoolFull) in
            let reason: PoolFull.Reason
            if state.closing {
                reason = .closing
            } else if state.places.count >= queueLimit + threadLimit {
                reason = .queueFull
            } else if state.places.count(for: key) >= perKeyLimit + threadLimit {
                reason = .keyShareUsed
            } else {
                return state.places.take(for: key)
            }
            state.refused += 1
            throw PoolFull(reason: reason, retryAfterSeconds: state.secondsToEmpty(threads: threadLimit))
        }
    }

    /// Counts a place of `key` no more.
    func leavePlace(for key: UInt64) { state.withLock { $0.places.leave(for: key) } }

    private func refusal(of key: UInt64, _ state: inout WorkerState) -> PoolFull.Reason? {
        if state.closing { return .closing }
        if state.queue.count >= queueLimit { return .queueFull }
        if state.queue.count(for: key) >= perKeyLimit { return .keyShareUsed }
        return readyThread(&state) ? nil : .noThread
    }

    /// Wakes a sleeping thread or starts a new one; with all at work, the first to finish takes the job.
    private func readyThread(_ state: inout WorkerState) -> Bool {
        if state.sleeping > 0 {
            state.sleeping -= 1
            wake.signal()
            return true
        }
        guard state.threads < threadLimit else { return true }
        state.threadsStarted += 1
        let number = "-\(state.threadsStarted)"
        let label = String(name.utf8.prefix(max(0, 15 - number.utf8.count))) ?? "worker"
        if WorkerThread.start(name: label + number, stackSize: stackSize, niceness: niceness, { self.work() }) {
            state.threads += 1
        }
        return state.threads > 0
    }

    /// Takes a job out of the queue, if it still waits, and tells its waiter.
    func withdraw(_ ticket: FairQueue<Job>.Ticket) {
        let job = state.withLock { state in
            let job = state.queue.remove(ticket)
            if job != nil { state.cancelled += 1 }
            return job
        }
        job?.abandon()
    }

    /// Refuses new work and wakes the sleeping threads, so that they end.
    func beginClosing() {
        state.withLock { state in
            state.closing = true
            for _ in 0..<state.sleeping { wake.signal() }
            state.sleeping = 0
        }
    }

    /// Returns when no thread is left; ``beginClosing()`` must have been called.
    func closed() async {
        await withCheckedContinuation { (waiter: CheckedContinuation<Void, Never>) in
            let none = state.withLock { state in
                if state.threads > 0 { state.closeWaiters.append(waiter) }
                return state.threads == 0
            }
            if none { waiter.resume() }
        }
    }

    /// The life of one thread.
    private func work() {
        var finished: Finished?
        while true {
            let next = state.withLock { $0.next(after: finished) }
            finished?.tell()
            finished = nil
            switch next {
            case .run(let job):
                let start = ContinuousClock.now
                let tell = job.perform()
                finished = Finished(tell: tell, took: ContinuousClock.now - start)
            case .sleep:
                wake.wait()
            case .end(let waiters):
                for waiter in waiters { waiter.resume() }
                return
            }
        }
    }
}
