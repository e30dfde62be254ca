import Workers

/// A thread for what blocks.
final class OneThread: Sendable {
    private let pool = WorkerPool(name: "client", threads: 1, queueLimit: 1024)

    func run<T: Sendable>(_ work: @escaping @Sendable () throws -> T) async throws -> T { try await pool.run(work) }
    func close() async { await pool.close() }
}

/// Lends a thread.
func withThread<T>(_ body: (OneThread) async throws -> T) async throws -> T {
    let thread = OneThread()
    let result: Result<T, any Error>
    do { result = .success(try await body(thread)) } catch { result = .failure(error) }
    await thread.close()
    return try result.get()
}
