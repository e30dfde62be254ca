import Testing
import Time

@testable import Host

@Suite struct `The clock of limits` {
    @Test func `stands still while the wall clock is a little behind`() {
        var clock = LimitClock()
        #expect(clock.advance(to: 1_000_000_000) == 1_000_000_000)
        #expect(clock.advance(to: 999_000_000) == 1_000_000_000)
        #expect(clock.advance(to: 940_000_000) == 1_000_000_000)
        #expect(clock.advance(to: 1_000_000_001) == 1_000_000_001)
    }

    @Test func `runs on when the wall clock was set back`() {
        var clock = LimitClock()
        _ = clock.advance(to: 10_000_000_000)
        #expect(clock.advance(to: 1_000_000_000) == 10_000_000_000)
        #expect(clock.advance(to: 1_000_000_007) == 10_000_000_007)
        #expect(clock.wall(10_000_000_007) == 1_000_000_007)
    }

    @Test func `set back admits no more, and nobody waits for the old time to come again`() throws {
        let table = LimitTable()
        let policy = try table.policy((2, 60))
        #expect(table.check(policy, at: 1_000_000).isAllowed)
        #expect(table.check(policy, at: 1_000_000).isAllowed)
        let back = table.check(policy, at: 0)
        #expect(!back.isAllowed)
        #expect(back.resetAt <= .at(61))
        #expect(try #require(back.retryAfterSeconds) <= 61)
        #expect(!table.check(policy, at: 59).isAllowed)
        #expect(table.check(policy, at: 61).isAllowed)
    }
}
