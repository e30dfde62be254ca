import Synchronization
import Testing

@testable import HTTPServer

@Suite struct `A circuit breaker` {
    /// A clock that a test moves.
    private final class Clock: Sendable {
        let now = Atomic<Int64>(0)
        func move(_ milliseconds: Int64) { now.add(milliseconds, ordering: .relaxed) }
    }

    private let clock = Clock()

    private func breaker(chance: Double = 0.5) -> CircuitBreaker {
        var configuration = CircuitBreaker.Configuration()
        configuration.failures = 3
        configuration.recovery = .seconds(10)
        configuration.longestRecovery = .seconds(35)
        return CircuitBreaker(configuration, now: { [clock] in clock.now.load(ordering: .relaxed) }, chance: { chance })
    }

    private func fail(_ breaker: CircuitBreaker, _ times: Int) throws {
        for _ in 0..<times { breaker.failed(try breaker.permit()) }
    }

    @Test func `opens after failures in a row, not after some among successes`() throws {
        let breaker = breaker()
        for _ in 0..<5 {
            try fail(breaker, 2)
            breaker.succeeded(try breaker.permit())
        }
        #expect(breaker.metrics.state == .closed)
        try fail(breaker, 3)
        #expect(breaker.metrics == CircuitBreaker.Metrics(state: .open, openings: 1, refusals: 0))
        #expect(throws: CircuitBreaker.Open(retryAfter: 10_000)) { try breaker.permit() }
        clock.move(4000)
        #expect(throws: CircuitBreaker.Open(retryAfter: 6000)) { try breaker.permit() }
        #expect(breaker.metrics.refusals == 2)
    }

    @Test func `lets one probe through, and closes when it succeeds`() throws {
        let breaker = breaker()
        try fail(breaker, 3)
        clock.move(10_000)
        #expect(breaker.metrics.state == .halfOpen)
        let probe = try breaker.permit()
        #expect(probe.isProbe)
        #expect(throws: CircuitBreaker.Open.self) { try breaker.permit() }
        breaker.succeeded(probe)
        #expect(breaker.metrics.state == .closed)
        #expect(try breaker.permit().isProbe == false)
        try fail(breaker, 2)
        #expect(breaker.metrics.state == .closed)
    }

    @Test func `stays open for longer with each probe that fails, up to a bound`() throws {
        let breaker = breaker()
        try fail(breaker, 3)
        for wait in [10_000, 20_000, 35_000, 35_000] as [Int64] {
            clock.move(wait - 1)
            #expect(throws: CircuitBreaker.Open(retryAfter: 1000)) { try breaker.permit() }
            clock.move(1)
            breaker.failed(try breaker.permit())
        }
        clock.move(35_000)
        breaker.succeeded(try breaker.permit())
        // Starts over.
        try fail(breaker, 3)
        clock.move(10_000)
        #expect(try breaker.permit().isProbe)
        #expect(breaker.metrics.openings == 6)
    }

    @Test func `is not stuck when a probe says nothing`() throws {
        let breaker = breaker()
        try fail(breaker, 3)
        clock.move(10_000)
        breaker.abandoned(try breaker.permit())
        let second = try breaker.permit()
        #expect(second.isProbe)
        breaker.succeeded(second)
        #expect(breaker.metrics.state == .closed)
    }

    @Test func `does not count what is reported late`() throws {
        let breaker = breaker()
        let slow = try (0..<5).map { _ in try breaker.permit() }
        try fail(breaker, 3)
        for permit in slow { breaker.failed(permit) }
        #expect(breaker.metrics.openings == 1)
        clock.move(10_000)
        let probe = try breaker.permit()
        breaker.succeeded(slow[0])
        #expect(breaker.metrics.state == .halfOpen)
        breaker.succeeded(probe)
        breaker.failed(probe)
        #expect(breaker.metrics.state == .closed)
    }

    @Test(arguments: [(0.0, 8000), (0.5, 10_000), (0.999_999, 11_999)])
    func `comes back at a moment of chance`(chance: Double, wait: Int64) throws {
        let breaker = breaker(chance: chance)
        try fail(breaker, 3)
        #expect(throws: CircuitBreaker.Open(retryAfter: wait)) { try breaker.permit() }
    }

    @Test func `can be used for anything that is tried`() async throws {
        struct Refused: Error {}
        let breaker = breaker()
        for _ in 0..<3 {
            await #expect(throws: CancellationError.self) { try await breaker.run { throw CancellationError() } }
        }
        #expect(try await breaker.run { 7 } == 7)
        for _ in 0..<3 { await #expect(throws: Refused.self) { try await breaker.run { throw Refused() } } }
        await #expect(throws: CircuitBreaker.Open.self) { try await breaker.run { 7 } }
    }

    @Test func `is kept for a bounded number of targets`() throws {
        let breakers = CircuitBreakers(limit: 20)
        let first = breakers.breaker(for: "0")
        for number in 1..<20 { _ = breakers.breaker(for: "\(number)") }
        #expect(breakers.breaker(for: "0") === first)
        for number in 20..<200 { _ = breakers.breaker(for: "\(number)") }
        #expect(breakers.metrics.count <= 20)
        #expect(breakers.breaker(for: "0") !== first)
    }
}
