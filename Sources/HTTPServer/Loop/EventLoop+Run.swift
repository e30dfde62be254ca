internal import CLinux
internal import Glibc
internal import Synchronization

extension EventLoop {
    /// The loop itself: returns when it has been drained and nothing is left to run.
    func run() {
        thread.store(UInt(pthread_self()), ordering: .relaxed)
        _ = clinux_name_thread(name)
        // Few, so that a round is short however much is to be done.
        let capacity = 32
        let events = UnsafeMutablePointer<epoll_event>.allocate(capacity: capacity)
        defer { events.deallocate() }
        while true {
            let isBusy = !localJobs.isEmpty || !dueTimers.isEmpty || hasTurns
            let timeout = isBusy ? 0 : untilDue
            let ready = epoll_wait(poller.epoll, events, Int32(capacity), timeout)
            let began = Self.monotonicMicroseconds()
            now = began / 1000
            roundBegan = began
            round &+= 1
            if date.refresh() { dateField = date.field }
            var hasWritable = false
            holdsAnswers = true
            for index in 0..<max(Int(ready), 0) {
                let token = clinux_event_token(events + index)
                if token == Poller.writableToken {
                    hasWritable = true
                } else {
                    dispatch(token, clinux_event_flags(events + index))
                }
            }
            holdsAnswers = false
            sendHeld()
            serveSlow()
            let isCrowded = Int(ready) == capacity || wasSlow
            if hasWritable { serveWritable(events, isCrowded: isCrowded) }
            runJobs()
            runTimers()
            expireSome()
            serveTurns(isCrowded: isCrowded)
            // What a turn costs is the system's to say; when memory is slow to come, fewer have theirs in a round.
            wasSlow = (hasWritable || hasTurns) && Self.monotonicMicroseconds() - began > 1000
            if isDraining, dueTimers.isEmpty, endIfIdle() {
                // What was to be done later, such as the end of the grace, refers to the loop and would keep it.
                wheel = TimerWheel(now: now)
                overdue = TurnQueue()
                // The thread's number may be given to another thread.
                return thread.store(0, ordering: .relaxed)
            }
        }
    }

    private func dispatch(_ token: UInt64, _ flags: UInt32) {
        if token == Poller.wakeToken {
            poller.acknowledgeWake()
        } else if token < 1 << 32 {
            if !isDraining { accept(on: Int(token)) }
        } else if token >= Self.firstOutboundToken {
            outbound[token]?.handle(flags)
        } else if let connection = connections[ConnectionID(token: token)] {
            // Whoever sends a head in pieces, or has had the last answer, has time, and there may be thousands of them.
            if connection.isWithinHead || connection.isLingering {
                slow.append((connection, flags))
            } else {
                connection.handle(flags)
            }
        }
    }

    /// Hears those who have time, after everybody else: some of them, since the poller tells of the others again.
    private func serveSlow() {
        guard !slow.isEmpty else { return }
        for (connection, flags) in slow.prefix(Self.slowPerRound) where !connection.isClosed {
            connection.handle(flags)
        }
        slow.removeAll(keepingCapacity: true)
    }
}
