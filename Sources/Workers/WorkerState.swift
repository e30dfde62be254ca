/// A job that was done, and how to tell its waiter.
struct Finished: Sendable {
    let tell: @Sendable () -> Void
    let took: Duration
}

/// The books of a pool; the lock of ``WorkerCore`` guards them.
struct WorkerState: Sendable {
    /// What a thread does next.
    enum Step: Sendable {
        case run(Job)
        case sleep
        case end(waiters: [CheckedContinuation<Void, Never>])
    }

    var queue = FairQueue<Job>()
    var places = PlacesTaken()
    var closing = false
    /// Threads that exist, and those of them that sleep and were not yet signalled.
    var threads = 0
    var sleeping = 0
    var threadsStarted = 0
    var running = 0
    var done: UInt64 = 0
    var refused: UInt64 = 0
    var cancelled: UInt64 = 0
    var closeWaiters: [CheckedContinuation<Void, Never>] = []
    /// A running mean that forgets: each job counts one eighth.
    private var meanSeconds = 0.0

    var metrics: WorkerMetrics {
        WorkerMetrics(
            queued: queue.count, keysWaiting: queue.keyCount, running: running, threads: threads, done: done,
            refused: refused, cancelled: cancelled)
    }

    /// Books the job just done and chooses what the thread does next.
    mutating func next(after finished: Finished?) -> Step {
        if let finished {
            running -= 1
            done += 1
            let seconds = finished.took / .seconds(1)
            meanSeconds = done == 1 ? seconds : meanSeconds + (seconds - meanSeconds) / 8
        }
        if let job = queue.popFirst() {
            running += 1
            return .run(job)
        }
        if closing {
            threads -= 1
            guard threads == 0 else { return .end(waiters: []) }
            defer { closeWaiters = [] }
            return .end(waiters: closeWaiters)
        }
        sleeping += 1
        return .sleep
    }

    /// How long the work at hand, and what has a place, will take, in whole seconds, rounded up.
    func secondsToEmpty(threads: Int) -> Int {
        let seconds = Double(max(queue.count + running, places.count)) * meanSeconds / Double(threads)
        return Int(min(60, seconds.rounded(.up)))
    }
}
