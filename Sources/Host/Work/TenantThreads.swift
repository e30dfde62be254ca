import PluginAPI
import Workers

/// The threads for what keeps a processor busy, as one tenant's plugins see them: each tenant has its turn.
struct TenantThreads: WorkThreads {
    let pool: WorkerPool
    /// The tenant's number.
    let lane: UInt64

    func run<T: Sendable>(_ work: @escaping @Sendable () throws -> T) async throws -> T {
        try await pool.run(for: lane, work)
    }
}
