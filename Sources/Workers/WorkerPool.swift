/// A fixed number of threads for work that must not run on an event loop: password hashing, RSA signatures,
/// file input and output, opening databases.
///
/// Work waits in a bounded queue with one lane per key (a key is usually a tenant). Threads take from the lanes in turn,
/// so a key that queues much waits behind itself and not in front of others. When the queue, or a key's share of it, is
/// full, work is refused at once with ``PoolFull``; nothing waits without end.
///
/// Threads start when there is first work for them and stay until the pool is closed or released; either way, work that
/// is already queued is still done.
public final class WorkerPool: Sendable {
    let core: WorkerCore

    /// Makes a pool; no thread is started yet.
    /// - Parameters:
    ///   - name: What the threads are called in `ps` and debuggers; the system shows at most 15 bytes, number included.
    ///   - threads: How many threads at most; at least 1.
    ///   - queueLimit: How many pieces of work may wait, over all keys; at least 1. Running work does not count.
    ///   - perKeyLimit: How many of those one key may hold; a quarter of `queueLimit` unless said otherwise.
    ///   - stackSize: Bytes of stack for each thread, 512 KiB unless said otherwise; never under 64 KiB.
    ///   - niceness: How far the threads stand back when processors are short, 0 (not at all) to 19: for long computations
    ///     beside which others must be answered.
    public init(
        name: String, threads: Int, queueLimit: Int, perKeyLimit: Int? = nil, stackSize: Int = 512 * 1024,
        niceness: Int = 0
    ) {
        core = WorkerCore(
            name: name,
            threadLimit: max(1, threads),
            queueLimit: max(1, queueLimit),
            perKeyLimit: max(1, perKeyLimit ?? queueLimit / 4),
            stackSize: max(64 * 1024, stackSize),
            niceness: min(max(0, niceness), 19))
    }

    deinit {
        core.beginClosing()
    }

    /// Does `work` on a thread of the pool and waits for its result without holding the caller's thread.
    ///
    /// Task-local values are not visible to `work`. If the waiting task is cancelled while `work` still waits in the
    /// queue, `work` is taken out and never runs; once it runs, it runs to its end and its result is returned.
    /// - Parameters:
    ///   - key: The lane to wait in, usually the tenant's number.
    ///   - work: May block; must not wait for other work of the same pool.
    /// - Throws: ``PoolFull`` when there is no room or the pool is closing, `CancellationError` as said above, and
    ///   whatever `work` throws.
    public func run<T: Sendable>(for key: UInt64 = 0, _ work: @escaping @Sendable () throws -> T) async throws -> T {
        let place = PlaceInQueue()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (waiter: CheckedContinuation<T, any Error>) in
                let job = Job(
                    perform: {
                        let result = Result(catching: work)
                        return { waiter.resume(with: result) }
                    },
                    abandon: { waiter.resume(throwing: CancellationError()) })
                do throws(PoolFull) {
                    let queued = try place.enter { () throws(PoolFull) in try core.enqueue(job, for: key) }
                    if !queued { job.abandon() }
                } catch {
                    waiter.resume(throwing: error)
                }
            }
        } onCancel: {
            if let ticket = place.cancel() { core.withdraw(ticket) }
        }
    }

    /// Queues `work` and returns at once; nobody learns when it is done.
    /// - Parameters:
    ///   - key: The lane to wait in, usually the tenant's number.
    ///   - work: May block; must not wait for other work of the same pool.
    /// - Throws: ``PoolFull`` when there is no room or the pool is closing.
    public func submit(for key: UInt64 = 0, _ work: @escaping @Sendable () -> Void) throws(PoolFull) {
        let job = Job(
            perform: {
                work()
                return {}
            },
            abandon: {})
        _ = try core.enqueue(job, for: key)
    }

    /// Refuses new work from now on and returns when everything queued before is done and no thread of the pool takes
    /// work any more. May be called more than once, also at the same time. Not ended early by cancellation.
    public func close() async {
        core.beginClosing()
        await core.closed()
    }

    /// What the pool holds and has done at this moment.
    public var metrics: WorkerMetrics { core.metrics }
}
