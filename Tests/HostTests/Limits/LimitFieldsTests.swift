import HTTPServer
import PluginAPI
import Testing
import Time

@testable import Host

@Suite struct `The fields of a limited response` {
    private func fields(_ verdict: LimitVerdict) -> [String] {
        var fields = HeaderFields()
        fields.add(verdict)
        return String(decoding: fields.bytes, as: UTF8.self).split(separator: "\r\n").map(String.init)
    }

    @Test func `tell of the window with the least left and of the tier, not of the burst`() throws {
        let table = LimitTable()
        let policy = try #require(table.compile(TierNumbers.free.limit, name: "free", tier: "free"))
        // 0 s is a whole hour past the epoch minus half an hour; a slot of the hour is a minute.
        let verdict = table.check(policy, at: 0)
        #expect(
            fields(verdict) == [
                "x-ratelimit-limit: 100", "x-ratelimit-remaining: 99", "x-ratelimit-reset: 1756380660",
                "ratelimit-policy: \"free-hour\";q=100;w=3600, \"free-day\";q=1000;w=86400",
                "ratelimit: \"free-hour\";r=99;t=3660", "x-ratelimit-tier: free",
            ])
        #expect(verdict.problem == nil)
    }

    @Test func `tell of the burst on its own refusal`() throws {
        let table = LimitTable()
        let policy = try #require(table.compile(TierNumbers.free.limit, name: "free", tier: "free"))
        for _ in 0..<10 { #expect(table.check(policy, at: 0.25).isAllowed) }
        let verdict = table.check(policy, at: 0.25)
        #expect(
            fields(verdict) == [
                "x-ratelimit-limit: 10", "x-ratelimit-remaining: 0", "x-ratelimit-reset: 1756377002",
                "ratelimit-policy: \"free-second\";q=10;w=1", "ratelimit: \"free-second\";r=0;t=2",
                "x-ratelimit-tier: free", "x-ratelimit-retry-after: 2",
            ])
        #expect(table.check(policy, at: 2.25).isAllowed)
    }

    @Test func `say when to come back on a refusal, as the problem does`() throws {
        let table = LimitTable()
        let policy = try table.policy((2, 900), name: "sign in\"\r\n")
        for _ in 0..<2 { _ = table.check(policy, at: 0) }
        let verdict = table.check(policy, at: 100.5)
        #expect(
            fields(verdict) == [
                "x-ratelimit-limit: 2", "x-ratelimit-remaining: 0", "x-ratelimit-reset: 1756377915",
                "ratelimit-policy: \"sign-in---15-minutes\";q=2;w=900",
                "ratelimit: \"sign-in---15-minutes\";r=0;t=815", "x-ratelimit-retry-after: 815",
            ])
        let problem = try #require(verdict.problem)
        #expect(problem.status == 429)
        #expect(problem.code == "RATE_LIMIT_EXCEEDED")
        #expect(problem.message == "Too many requests. Please try again later.")
        #expect(problem.retryAfter == 815)
        let expected: JSON = [
            "limit": 2, "remaining": 0, "resetTime": "2025-08-28T10:45:15Z", "retryAfter": 815,
        ]
        #expect(problem.details == expected)
    }

    @Test func `are of a refusal first, then of the longer one, then of the least left`() throws {
        let table = LimitTable()
        let small = try table.policy((3, 60), name: "small")
        let large = try table.policy((5, 600), name: "large")
        let first = (table.check(small, at: 0), table.check(large, at: 0))
        #expect(first.0.combined(with: nil).limit == 3)
        #expect(first.0.combined(with: first.1).limit == 3)
        #expect(first.1.combined(with: first.0).limit == 3)
        for _ in 0..<3 { _ = table.check(small, at: 0) }
        let refused = table.check(small, at: 0)
        let allowed = table.check(large, at: 0)
        #expect(allowed.combined(with: refused).limit == 3)
        #expect(refused.combined(with: allowed).limit == 3)
        for _ in 0..<5 { _ = table.check(large, at: 0) }
        let longer = table.check(large, at: 0)
        #expect(refused.combined(with: longer).limit == 5)
        #expect(longer.combined(with: refused).limit == 5)
    }

    @Test(arguments: [
        (1, "second"), (30, "30-seconds"), (60, "minute"), (900, "15-minutes"), (3600, "hour"), (86400, "day"),
        (604_800, "7-days"), (90, "90-seconds"),
    ]) func `name windows by their length`(seconds: Int, word: String) throws {
        let policy = try LimitTable().policy((1, seconds), name: "x")
        let text = try #require(policy.texts.first)
        #expect(text.policy == "\"x-\(word)\";q=1;w=\(seconds)")
    }

    @Test func `have the numbers of the tiers`() throws {
        let table = LimitTable()
        let limits = try Plan.allCases.map { plan in
            try #require(TierPolicies(table).limits(TierTable())[plan]).windows.map(\.limit)
        }
        #expect(limits == [[100, 1000, 10], [500, 5000, 25], [2000, 20_000, 50]])
    }
}
