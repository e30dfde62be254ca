import Dispatch
import Glibc
import Host

/// Prints what one check of a limit costs by one thread and by two, each a line of three numbers: threads, nanoseconds of
/// processor time, nanoseconds that passed for each thread.
///
/// The two differ where threads wait for each other, and on a machine that does other things.
///
/// With the argument `memory` it prints instead, for a table with room for 10,000 keys, the keys that are held after a
/// million strangers came, and by how many bytes the process grew meanwhile.
@main struct LimitProbe {
    static func main() {
        if CommandLine.arguments.dropFirst() == ["memory"] { return printMemory() }
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

    private static func printMemory() {
        let measure = LimitMeasure(people: 1, capacity: 10_000)
        _ = measure.checkStrangers(0..<50_000)
        let before = residentBytes()
        let held = measure.checkStrangers(50_000..<1_050_000)
        print(held, residentBytes() - before)
    }

    /// What the process has in memory: the second number of proc_pid_statm(5), in pages.
    private static func residentBytes() -> Int {
        guard let file = fopen("/proc/self/statm", "r") else { return 0 }
        defer { fclose(file) }
        var line: [CChar] = Array(repeating: 0, count: 200)
        guard fgets(&line, Int32(line.count), file) != nil else { return 0 }
        let words = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self).split(
            separator: " ")
        return (words.dropFirst().first.flatMap { Int($0) } ?? 0) * sysconf(Int32(_SC_PAGESIZE))
    }
}
