/// Runs tasks on a few threads of its own, for asynchronous work that computes for long and would hold up whoever shares
/// threads with it.
///
///     await withTaskExecutorPreference(executor) { await reconcile(records) }
public final class WorkerExecutor: TaskExecutor {
    private let pool: WorkerPool

    /// - Parameters:
    ///   - name: what the threads are called.
    ///   - threads: how many tasks compute at once.
    public init(name: String, threads: Int) {
        // One piece of work for each task that can go on; as many tasks as are started, which whoever starts them bounds.
        pool = WorkerPool(name: name, threads: threads, queueLimit: 1 << 16, perKeyLimit: 1 << 16)
    }

    /// Runs one step of a task on a thread of the pool.
    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        do throws(PoolFull) {
            try pool.submit { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
        } catch {
            // Closing: a step that is dropped would leave its task waiting for ever.
            job.runSynchronously(on: asUnownedTaskExecutor())
        }
    }

    /// Lets queued steps finish and ends the threads.
    public func close() async { await pool.close() }
}
