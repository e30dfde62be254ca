internal import Glibc
internal import Synchronization

extension EventLoop {
    /// Queues a task's job. Called by the concurrency runtime, from any thread.
    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        if isCurrent {
            localJobs.append(job)
            return
        }
        let accepted = inbox.withLock { inbox in
            guard !inbox.hasEnded else { return false }
            inbox.jobs.append(job)
            return true
        }
        if accepted {
            wake()
        } else {
            // The loop is gone, yet a task that preferred it still has to end somewhere.
            globalConcurrentExecutor.enqueue(ExecutorJob(job))
        }
    }

    /// Runs what has been queued until now; what that queues in turn waits for the next round, so that sockets get theirs.
    func runJobs() {
        hasWoken.store(false, ordering: .sequentiallyConsistent)
        let (jobs, work) = inbox.withLock { inbox in
            let taken = (inbox.jobs, inbox.work)
            inbox.jobs = []
            inbox.work = []
            return taken
        }
        if !localJobs.isEmpty {
            let local = localJobs
            localJobs = []
            for job in local { job.runSynchronously(on: asUnownedTaskExecutor()) }
        }
        for job in jobs { job.runSynchronously(on: asUnownedTaskExecutor()) }
        for item in work { item() }
    }
}
