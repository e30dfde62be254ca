import Testing
import Workers

@Suite struct `Cancelling the wait for a worker` {
    @Test func `takes queued work out, which then never runs`() async throws {
        let pool = WorkerPool(name: "test", threads: 1, queueLimit: 8)
        let gate = Gate()
        let log = Log<String>()
        try await gate.hold(pool)
        let waiting = Task { try await pool.run { log.add("ran") } }
        while pool.metrics.queued == 0 { await Task.yield() }
        waiting.cancel()
        await #expect(throws: CancellationError.self) { try await waiting.value }
        #expect(pool.metrics.queued == 0)
        #expect(pool.metrics.keysWaiting == 0)
        #expect(pool.metrics.cancelled == 1)
        gate.open()
        await pool.close()
        #expect(log.entries == [])
    }

    @Test func `leaves the work before and behind it in place`() async throws {
        let pool = WorkerPool(name: "test", threads: 1, queueLimit: 8, perKeyLimit: 8)
        let gate = Gate()
        let log = Log<String>()
        try await gate.hold(pool)
        try pool.submit { log.add("before") }
        let waiting = Task { try await pool.run { log.add("cancelled") } }
        while pool.metrics.queued < 2 { await Task.yield() }
        try pool.submit { log.add("behind") }
        waiting.cancel()
        await #expect(throws: CancellationError.self) { try await waiting.value }
        gate.open()
        await pool.close()
        #expect(log.entries == ["before", "behind"])
    }

    @Test func `before the work is queued keeps it out`() async throws {
        let pool = WorkerPool(name: "test", threads: 1, queueLimit: 8)
        let log = Log<String>()
        let started = Task {
            while !Task.isCancelled { await Task.yield() }
            try await pool.run { log.add("ran") }
        }
        started.cancel()
        await #expect(throws: CancellationError.self) { try await started.value }
        await pool.close()
        #expect(log.entries == [])
        #expect(pool.metrics.done == 0)
    }

    @Test func `while the work runs changes nothing`() async throws {
        let pool = WorkerPool(name: "test", threads: 1, queueLimit: 8)
        let gate = Gate()
        try await gate.hold(pool)
        let waiting = Task { try await pool.run { "result" } }
        while pool.metrics.queued == 0 { await Task.yield() }
        gate.open()
        while pool.metrics.done < 2 { await Task.yield() }
        waiting.cancel()
        #expect(try await waiting.value == "result")
        #expect(pool.metrics.cancelled == 0)
    }

    @Test func `at any moment ends each wait exactly once`() async throws {
        let pool = WorkerPool(name: "test", threads: 2, queueLimit: 1000, perKeyLimit: 1000)
        var tasks: [Task<Int, any Error>] = []
        for number in 0..<500 {
            let task = Task { try await pool.run(for: UInt64(number % 3)) { number } }
            tasks.append(task)
            if number % 2 == 0 { task.cancel() }
        }
        var finished = 0
        for (number, task) in tasks.enumerated() {
            switch await task.result {
            case .success(let value):
                #expect(value == number)
                finished += 1
            case .failure(let error): #expect(error is CancellationError)
            }
        }
        #expect(finished >= 250)
        await pool.close()
        #expect(pool.metrics.done == UInt64(finished))
        #expect(pool.metrics.queued == 0)
    }
}
