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

    /// Jobs of tasks that run in one round.
    private static let jobsPerRound = 32

    /// Runs what has been queued until now, a part of the jobs each round; what that queues in turn waits for the next
    /// round, so that sockets get theirs.
    func runJobs() {
        hasWoken.store(false, ordering: .sequentiallyConsistent)
        let (jobs, work) = inbox.withLock { inbox in
            let taken = (inbox.jobs, inbox.work)
            inbox.jobs = []
            inbox.work = []
            return taken
        }
        if !localJobs.isEmpty || !jobs.isEmpty {
            var turn = localJobs
            turn += jobs
            localJobs = []
            if turn.count > Self.jobsPerRound {
                localJobs = Array(turn[Self.jobsPerRound...])
                turn.removeLast(turn.count - Self.jobsPerRound)
            }
            for job in turn { job.runSynchronously(on: asUnownedTaskExecutor()) }
        }
        for item in work { item() }
    }
}
