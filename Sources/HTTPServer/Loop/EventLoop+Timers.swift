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
        let began = Self.monotonicMicroseconds()
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
            // Whoever is refused gets an answer, which takes longer than closing.
            if Self.monotonicMicroseconds() - began > 50 { break }
        }
    }

    /// Cuts those whose turn it is.
    func expireSome() {
        guard !overdue.isEmpty else { return }
        var left = pace.allowed(at: now, open: connections.count)
        // Those that went by themselves, or have got more time, cost next to nothing.
        for _ in 0..<256 {
            guard left > 0, let connection = overdue.take(1).first else { return }
            if connection.turnToExpire() { left -= 1 }
        }
    }

    /// Milliseconds until something is due; -1 when nothing is.
    var untilDue: Int32 {
        let timer = wheel.timeout(now)
        guard !overdue.isEmpty else { return timer }
        let turn = Int32(clamping: max(pace.next - now, 0))
        return timer < 0 ? turn : min(timer, turn)
    }

    /// A number from 0 up to but not including `bound`, of no use as a secret; 0 where there is no such number.
    func chance(below bound: Int64) -> Int64 {
        // A linear congruential generator, whose upper bits are good enough to spread deadlines.
        dice = dice &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return bound > 0 ? Int64(dice >> 33) % bound : 0
    }
}
