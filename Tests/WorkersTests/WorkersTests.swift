import Testing
import Workers

@Suite struct `A worker pool` {
    struct Broken: Error, Equatable {}

    @Test func `gives back what the work returns`() async throws {
        let pool = WorkerPool(name: "test", threads: 2, queueLimit: 8)
        #expect(try await pool.run { 6 * 7 } == 42)
        #expect(pool.metrics.done == 1)
    }

    @Test func `throws what the work throws`() async {
        let pool = WorkerPool(name: "test", threads: 1, queueLimit: 8)
        await #expect(throws: Broken()) { try await pool.run { throw Broken() } }
        #expect(pool.metrics.done == 1)
    }

    @Test func `starts threads only when there is work`() async throws {
        let pool = WorkerPool(name: "test", threads: 4, queueLimit: 8)
        #expect(pool.metrics.threads == 0)
        _ = try await pool.run {}
        #expect(pool.metrics.threads == 1)
    }

    @Test func `does the work of one key in the order it came`() async throws {
        let pool = WorkerPool(name: "test", threads: 1, queueLimit: 100, perKeyLimit: 100)
        let gate = Gate()
        let log = Log<Int>()
        try await gate.hold(pool)
        for number in 0..<50 { try pool.submit { log.add(number) } }
        gate.open()
        await pool.close()
        #expect(log.entries == Array(0..<50))
    }

    @Test func `lets keys take turns whatever one of them has queued`() async throws {
        let pool = WorkerPool(name: "test", threads: 1, queueLimit: 100, perKeyLimit: 100)
        let gate = Gate()
        let log = Log<UInt64>()
        try await gate.hold(pool)
        for _ in 0..<20 { try pool.submit(for: 1) { log.add(1) } }
        for _ in 0..<3 { try pool.submit(for: 2) { log.add(2) } }
        for _ in 0..<2 { try pool.submit(for: 3) { log.add(3) } }
        #expect(pool.metrics.keysWaiting == 3)
        gate.open()
        await pool.close()
        #expect(log.entries == [1, 2, 3, 1, 2, 3, 1, 2] + Array(repeating: 1, count: 17))
    }

    @Test func `has as many places ahead of work as may wait and run, and as many of one key as may wait and run`()
        throws
    {
        let pool = WorkerPool(name: "test", threads: 2, queueLimit: 4, perKeyLimit: 1)
        for _ in 0..<3 { try pool.takePlace(for: 1) }
        #expect(throws: PoolFull(reason: .keyShareUsed, retryAfterSeconds: 1)) { try pool.takePlace(for: 1) }
        for key in 2...4 { try pool.takePlace(for: UInt64(key)) }
        #expect(throws: PoolFull(reason: .queueFull, retryAfterSeconds: 1)) { try pool.takePlace(for: 5) }
        #expect(pool.metrics.refused == 2)
        pool.leavePlace(for: 1)
        // Nobody leaves what they do not have.
        pool.leavePlace(for: 5)
        try pool.takePlace(for: 5)
        #expect(throws: PoolFull.self) { try pool.takePlace(for: 1) }
        // Work itself needs no place.
        try pool.submit(for: 1) {}
    }

    @Test func `gives no places while it closes`() async throws {
        let pool = WorkerPool(name: "test", threads: 1, queueLimit: 4)
        await pool.close()
        #expect(throws: PoolFull(reason: .closing, retryAfterSeconds: 1)) { try pool.takePlace() }
    }

    @Test func `refuses what does not fit into the queue`() async throws {
        let pool = WorkerPool(name: "test", threads: 1, queueLimit: 3, perKeyLimit: 3)
        let gate = Gate()
        try await gate.hold(pool)
        for key in 1...3 { try pool.submit(for: UInt64(key)) {} }
        let refusal = #expect(throws: PoolFull.self) { try pool.submit(for: 9) {} }
        #expect(refusal?.reason == .queueFull)
        #expect((1...60).contains(refusal?.retryAfterSeconds ?? 0))
        await #expect(throws: PoolFull(reason: .queueFull, retryAfterSeconds: 1)) { try await pool.run(for: 9) {} }
        #expect(pool.metrics.queued == 3)
        #expect(pool.metrics.refused == 2)
        gate.open()
        await pool.close()
        #expect(pool.metrics.done == 4)
    }

    @Test func `refuses a key that has its share while others still get in`() async throws {
        let pool = WorkerPool(name: "test", threads: 1, queueLimit: 8, perKeyLimit: 2)
        let gate = Gate()
        try await gate.hold(pool)
        try pool.submit(for: 1) {}
        try pool.submit(for: 1) {}
        let refusal = #expect(throws: PoolFull.self) { try pool.submit(for: 1) {} }
        #expect(refusal?.reason == .keyShareUsed)
        try pool.submit(for: 2) {}
        #expect(pool.metrics.queued == 3)
        gate.open()
        await pool.close()
    }

    @Test func `uses all its threads at once`() async throws {
        let pool = WorkerPool(name: "test", threads: 3, queueLimit: 8, perKeyLimit: 8)
        let gate = Gate()
        for _ in 0..<3 { try await gate.hold(pool) }
        #expect(pool.metrics.running == 3)
        #expect(pool.metrics.threads == 3)
        for _ in 0..<3 { gate.open() }
        await pool.close()
        #expect(pool.metrics.threads == 0)
    }

    @Test func `does each of many concurrent pieces of work exactly once`() async throws {
        let pool = WorkerPool(name: "test", threads: 4, queueLimit: 2000, perKeyLimit: 2000)
        let runs = Log<Int>()
        let sum = try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 0..<2000 {
                group.addTask {
                    try await pool.run(for: UInt64(number % 7)) {
                        runs.add(number)
                        return number
                    }
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(sum == 1999 * 1000)
        #expect(runs.entries.sorted() == Array(0..<2000))
        #expect(pool.metrics.done == 2000)
        #expect(pool.metrics.queued == 0)
        #expect(pool.metrics.running == 0)
    }

    @Test func `makes a refusal's delay fit for a header`() {
        #expect(PoolFull(reason: .queueFull, retryAfterSeconds: -5).retryAfterSeconds == 1)
        #expect(PoolFull(reason: .queueFull, retryAfterSeconds: 9999).retryAfterSeconds == 60)
    }
}
