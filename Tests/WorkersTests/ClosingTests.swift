import Testing
import Workers

@Suite struct `Closing a worker pool` {
    @Test func `finishes queued work and refuses new`() async throws {
        let pool = WorkerPool(name: "test", threads: 1, queueLimit: 8, perKeyLimit: 8)
        let gate = Gate()
        let log = Log<Int>()
        try await gate.hold(pool)
        for number in 0..<3 { try pool.submit { log.add(number) } }
        async let closed: Void = pool.close()
        var refusal: PoolFull?
        while refusal == nil {
            do { try pool.submit(for: 7) {} } catch  where error.reason == .closing { refusal = error } catch {}
            await Task.yield()
        }
        gate.open()
        await closed
        #expect(refusal?.reason == .closing)
        #expect(log.entries == [0, 1, 2])
        #expect(pool.metrics.threads == 0)
        await #expect(throws: PoolFull.self) { try await pool.run {} }
    }

    @Test func `returns at once when no work ever came`() async {
        let pool = WorkerPool(name: "test", threads: 2, queueLimit: 8)
        await pool.close()
        #expect(pool.metrics.threads == 0)
        #expect(throws: PoolFull.self) { try pool.submit {} }
    }

    @Test func `may be done more than once and at the same time`() async throws {
        let pool = WorkerPool(name: "test", threads: 2, queueLimit: 8)
        let log = Log<Int>()
        try pool.submit { log.add(1) }
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<5 { group.addTask { await pool.close() } }
        }
        await pool.close()
        #expect(log.entries == [1])
    }

    @Test func `by releasing it still does what is queued`() async throws {
        let gate = Gate()
        let log = Log<String>()
        var pool: WorkerPool? = WorkerPool(name: "test", threads: 1, queueLimit: 8)
        if let pool { try await gate.hold(pool) }
        await withCheckedContinuation { (waiter: CheckedContinuation<Void, Never>) in
            do {
                try pool?.submit { log.add("done") }
                try pool?.submit { waiter.resume() }
            } catch {
                waiter.resume()
            }
            pool = nil
            gate.open()
        }
        #expect(log.entries == ["done"])
    }
}
