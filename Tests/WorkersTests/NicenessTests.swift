import Glibc
import Testing
import Workers

@Suite struct `The threads of a pool` {
    @Test func `stand back as far as they are told, and nobody else does`() async throws {
        let pool = WorkerPool(name: "nice", threads: 1, queueLimit: 8, niceness: 7)
        let before = getpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0)
        let niceness = try await pool.run { getpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0) }
        #expect(niceness == max(before, 7))
        let plain = WorkerPool(name: "plain", threads: 1, queueLimit: 8)
        #expect(try await plain.run { getpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0) } == before)
        await pool.close()
        await plain.close()
    }
}
