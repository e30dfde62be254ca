internal import Glibc
internal import Synchronization

extension EventLoop {
    /// Stops accepting, closes what is idle, lets what runs finish, and closes the rest after `grace`. Any thread may
    /// call; `done` runs once no connection is left.
    func drain(grace: Duration, _ done: @escaping @Sendable () -> Void) {
        let accepted = submit { [self] in
            drainWaiters.append(done)
            guard !isDraining else { return }
            // Who has been accepted by the kernel already is served; only then are the listeners closed.
            for index in listeners.indices { accept(on: index, atMost: 8192) }
            isDraining = true
            for listener in listeners {
                poller.remove(listener.descriptor)
                listener.close()
            }
            for connection in connections.all { connection.drain() }
            _ = schedule(after: grace) { [self] in
                for connection in connections.all { connection.close() }
            }
        }
        if !accepted { done() }
    }

    /// Whether the loop has nothing left; then it takes no more work.
    func endIfIdle() -> Bool {
        guard connections.count == 0 else { return false }
        let waiters = drainWaiters
        drainWaiters = []
        for waiter in waiters { waiter() }
        guard liveTasks == 0, localJobs.isEmpty else { return false }
        return inbox.withLock { inbox in
            guard inbox.jobs.isEmpty, inbox.work.isEmpty else { return false }
            inbox.hasEnded = true
            return true
        }
    }
}
