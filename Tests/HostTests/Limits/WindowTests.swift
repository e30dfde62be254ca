import Dispatch
import PluginAPI
import Synchronization
import Testing
import Time

@testable import Host

@Suite struct `A sliding window` {
    private static let windows = [
        (count: 7, seconds: 1), (count: 40, seconds: 60), (count: 130, seconds: 900), (count: 300, seconds: 7200),
    ]

    /// One request after another at changing paces, with pauses up to hours; the clock may be set back.
    private func admitted(seed: UInt64, settingBack: Bool) throws -> (moments: [Int64], refused: [Int64]) {
        var dice = Dice(state: seed)
        let table = LimitTable(capacity: 100)
        let windows = Self.windows
        let policy = try table.policy(windows[0], windows[1], windows[2], windows[3])
        var real: Int64 = 0
        var offset: Int64 = 1_756_377_000_000_000
        var moments: [Int64] = []
        var refused: [Int64] = []
        // Each pace fills some of the windows and is still dense when their oldest requests are forgotten.
        var pace: Int64 = 0
        for step in 0..<12_000 {
            if step % 1000 == 0 { pace = [5000, 40_000, 300_000, 3_000_000].randomElement(using: &dice) ?? 0 }
            if Int.random(in: 0..<400, using: &dice) == 0 { real += Int64.random(in: 0...7_300_000_000, using: &dice) }
            real += Int64.random(in: 0...(2 * pace), using: &dice)
            if settingBack, Int.random(in: 0..<40, using: &dice) == 0 {
                offset -= [1000, 900_000, 59_000_000, 61_000_000, 86_400_000_000].randomElement(using: &dice) ?? 0
            }
            let verdict = table.check(policy, tenant: 1, key: .text("a"), now: Instant(microseconds: real + offset))
            if verdict.isAllowed { moments.append(real) } else { refused.append(real) }
        }
        return (moments, refused)
    }

    @Test(arguments: 1...4 as ClosedRange<UInt64>, [false, true])
    func `never admits more than its limit in any interval of its length, also when the clock is set back`(
        seed: UInt64, settingBack: Bool
    ) throws {
        let (moments, refused) = try admitted(seed: seed, settingBack: settingBack)
        #expect(moments.count > 500)
        #expect(refused.count > 500)
        for window in Self.windows {
            #expect(excess(of: window.count, in: Int64(window.seconds) * 1_000_000, moments) == nil)
        }
    }

    @Test(arguments: 1...2 as ClosedRange<UInt64>)
    func `refuses only when a window and a sixtieth hold its limit`(seed: UInt64) throws {
        let (moments, refused) = try admitted(seed: seed, settingBack: false)
        for moment in refused.indices.filter({ $0 % 10 == 0 }).map({ refused[$0] }) {
            let isDeserved = Self.windows.contains { window in
                let length = Int64(window.seconds) * 1_000_000
                let longest = (length + 59) / 60 * 61
                return moments.count { $0 <= moment && $0 > moment - longest } >= window.count
            }
            #expect(isDeserved)
        }
    }

    @Test func `holds among sixteen threads, each count exact`() throws {
        let table = LimitTable(capacity: 1000)
        let policies = try (0..<2).map { _ in try table.policy((50, 60), (120, 600)) }
        var moments: [[Int64]] = Array(repeating: [], count: 6)
        for minute in 0..<30 {
            let now = Instant.at(Double(minute * 40))
            let allowed = Mutex([Int](repeating: 0, count: 6))
            DispatchQueue.concurrentPerform(iterations: 16) { thread in
                for round in 0..<60 {
                    let subject = (round + thread) % 6
                    let verdict = table.check(
                        policies[subject % 2], tenant: UInt32(subject / 2), key: .text("same"), now: now)
                    if verdict.isAllowed { allowed.withLock { $0[subject] += 1 } }
                }
            }
            for (subject, count) in allowed.withLock({ $0 }).enumerated() {
                if minute == 0 { #expect(count == 50) }
                moments[subject] += Array(repeating: now.microseconds, count: count)
            }
        }
        for moments in moments {
            #expect(moments.count > 120)
            #expect(excess(of: 50, in: 60_000_000, moments) == nil)
            #expect(excess(of: 120, in: 600_000_000, moments) == nil)
        }
        #expect(table.count == 6)
    }

    /// Every thread reads a clock of its own, up to 50 seconds behind. A table counts at the latest time it was told, which
    /// in one round lies between the latest of the round before and the latest of its own.
    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func `holds among sixteen threads whose clocks disagree`(seed: UInt64) throws {
        let windows = [(count: 20, seconds: 10), (count: 60, seconds: 60), (count: 130, seconds: 300)]
        var dice = Dice(state: seed)
        let table = LimitTable(capacity: 1000)
        let policy = try table.policy(windows[0], windows[1], windows[2])
        var base = 0.0
        // Of each round: the latest clock, and how many were admitted.
        var rounds: [(latest: Int64, admitted: Int)] = []
        for _ in 0..<150 {
            base += Double.random(in: 0...6, using: &dice)
            let clocks = (0..<16).map { _ in
                (0..<8).map { _ in Instant.at(base - Double.random(in: 0...50, using: &dice)) }
            }
            let admitted = Atomic<Int>(0)
            DispatchQueue.concurrentPerform(iterations: 16) { thread in
                for now in clocks[thread] {
                    guard table.check(policy, tenant: 1, key: .text("same"), now: now).isAllowed else { continue }
                    admitted.add(1, ordering: .relaxed)
                }
            }
            let latest = clocks.joined().map(\.microseconds).max() ?? 0
            rounds.append((max(latest, rounds.last?.latest ?? latest), admitted.load(ordering: .relaxed)))
        }
        for window in windows {
            for first in rounds.indices.dropFirst() {
                let start = rounds[first - 1].latest
                let within = rounds[first...].prefix { $0.latest - start <= Int64(window.seconds) * 1_000_000 }
                #expect(within.reduce(0) { $0 + $1.admitted } <= window.count)
            }
        }
        #expect(rounds.reduce(0) { $0 + $1.admitted } > 200)
    }

    @Test func `counts a request in all windows or in none`() throws {
        let table = LimitTable()
        let policy = try table.policy((2, 10), (10, 1000))
        for _ in 0..<50 { _ = table.check(policy, at: 0) }
        let later = table.check(policy, at: 30)
        #expect(later.isAllowed)
        for _ in 0..<50 { _ = table.check(policy, at: 30) }
        // Two at 0 s and two at 30 s, though a hundred were asked: the long window has six left of ten.
        var admitted = 0
        for second in stride(from: 60.0, to: 600, by: 15) where table.check(policy, at: second).isAllowed {
            admitted += 1
        }
        #expect(admitted == 6)
    }

    @Test func `forgets a request after its length and at most a sixtieth more`() throws {
        let table = LimitTable()
        let policy = try table.policy((1, 60))
        #expect(table.check(policy, at: 0.5).isAllowed)
        #expect(!table.check(policy, at: 60.5).isAllowed)
        let refusal = table.check(policy, at: 60.5)
        #expect(refusal.retryAfterSeconds == 1)
        #expect(refusal.resetAt == .at(61))
        #expect(!table.check(policy, at: 60.999_999).isAllowed)
        #expect(table.check(policy, at: 61).isAllowed)
    }

    @Test func `admits again after the seconds it named, and not at the second before the last`() throws {
        var dice = Dice(state: 5)
        let table = LimitTable()
        let policy = try table.policy((5, 3), (12, 77), (60, 1000))
        var now = 0.0
        var refusals = 0
        for _ in 0..<400 {
            now += Double.random(in: 0...0.9, using: &dice)
            let verdict = table.check(policy, at: now)
            guard let wait = verdict.retryAfterSeconds else { continue }
            refusals += 1
            #expect(!table.check(policy, at: now + Double(wait) - 1.000_01).isAllowed || wait == 1)
            now += Double(wait)
            #expect(table.check(policy, at: now).isAllowed)
        }
        #expect(refusals > 20)
    }

    @Test func `with a limit of nothing admits nobody`() throws {
        let table = LimitTable()
        let policy = try table.policy((0, 60))
        let verdict = table.check(policy, at: 0)
        #expect(!verdict.isAllowed)
        #expect(verdict.retryAfterSeconds == 60)
        #expect(!table.check(policy, at: 1_000_000).isAllowed)
    }

    @Test func `takes limits and lengths beyond all reason`() throws {
        let table = LimitTable(scale: .max)
        let windows = [
            RateLimit.Window(.max, each: .seconds(Int64.max)), RateLimit.Window(.max, each: .zero),
            RateLimit.Window(.max, each: .seconds(-5)), RateLimit.Window(.max, each: .nanoseconds(1)),
        ]
        let policy = try #require(table.compile(RateLimit(per: .tenant, windows), name: "vast"))
        for now in [Instant.minimum, .epoch, .maximum, .minimum, .maximum] {
            #expect(table.check(policy, tenant: 0, key: .tenant, now: now).isAllowed)
        }
        #expect(table.compile(RateLimit(per: .tenant, []), name: "none") == nil)
    }
}
