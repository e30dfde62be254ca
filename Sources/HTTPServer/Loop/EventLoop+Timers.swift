extension EventLoop {
    /// Runs `work` on the loop after `delay` (to within about 32 ms), from any thread, unless it is cancelled before.
    public func schedule(after delay: Duration, _ work: @escaping @Sendable () -> Void) -> ScheduledWork {
        let milliseconds = Int64(clamping: delay.components.seconds).multipliedReportingOverflow(by: 1000)
        let wait = milliseconds.overflow ? Int64(1) << 40 : min(milliseconds.partialValue, Int64(1) << 40)
        let part = delay.components.attoseconds / 1_000_000_000_000_000
        let scheduled = ScheduledWork(deadline: Self.monotonicMilliseconds() + wait + part, work)
        if isCurrent {
            _ = wheel.insert(.work(scheduled), deadline: scheduled.deadline)
        } else {
            submit { [self] in _ = wheel.insert(.work(scheduled), deadline: scheduled.deadline) }
        }
        return scheduled
    }

    /// Runs what is due, a part of it each round, so that a thousand clients that time out at once hold nobody up.
    func runTimers() {
        if dueTimers.isEmpty {
            dueTimers = wheel.takeDue(now)
            guard !dueTimers.isEmpty else { return }
            dueTimers.reverse()
        }
        for _ in 0..<32 {
            guard let (entry, tick) = dueTimers.popLast() else { break }
            switch entry {
            case .work(let work):
                if work.deadline > now {
                    _ = wheel.insert(.work(work), deadline: work.deadline)
                } else {
                    work.run()
                }
            case .connection(let id): connections[id]?.timerFired(at: tick)
            }
        }
    }
}
