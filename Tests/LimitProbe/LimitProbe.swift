import Dispatch
import Glibc
import Host

/// Prints what one check of a limit costs by one thread and by two, each a line of three numbers: threads, nanoseconds of
/// processor time, nanoseconds that passed for each thread.
///
/// The two differ where threads wait for each other, and on a machine that does other things.
@main struct LimitProbe {
    static func main() {
        let checks = 1_000_000
        for threads in [1, 2] {
            let measure = LimitMeasure(people: 10_000)
            // Everybody is known before it counts.
            _ = measure.check(20_000, from: 0)
            var (cpu, passed) = (Int64.max, Int64.max)
            for _ in 0..<5 {
                let before = clock()
                let took = ContinuousClock().measure {
                    DispatchQueue.concurrentPerform(iterations: threads) { thread in
                        _ = measure.check(checks, from: thread * 5000)
                    }
                }
                let used = Int64(clock() - before) * (1_000_000_000 / Int64(CLOCKS_PER_SEC))
                cpu = min(cpu, used / Int64(checks * threads))
                let (seconds, attoseconds) = took.components
                passed = min(passed, (seconds * 1_000_000_000 + attoseconds / 1_000_000_000) / Int64(checks))
            }
            print(threads, cpu, passed)
        }
    }
}
