import Dispatch
import Workers

/// Holds one thread of a pool until opened, so that a test decides when queued work may start.
struct Gate: Sendable {
    private let opened = DispatchSemaphore(value: 0)

    /// Returns when a thread of `pool` has started to wait at the gate.
    func hold(_ pool: WorkerPool, key: UInt64 = 0) async throws {
        try await withCheckedThrowingContinuation { (started: CheckedContinuation<Void, any Error>) in
            do {
                try pool.submit(for: key) {
                    started.resume()
                    opened.wait()
                }
            } catch {
                started.resume(throwing: error)
            }
        }
    }

    /// Lets one held thread go on.
    func open() { opened.signal() }
}
