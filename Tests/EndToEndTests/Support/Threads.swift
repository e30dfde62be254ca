import Glibc

/// Runs work that blocks on a thread of its own, so that the tests' own threads stay free.
func onThread<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws -> Result {
    try await withCheckedThrowingContinuation { continuation in
        do {
            try startThread { continuation.resume(with: Swift.Result { try work() }) }
        } catch {
            continuation.resume(throwing: error)
        }
    }
}

/// Runs `count` pieces of work, each on a thread of its own. All prepare first, then all act at the same moment.
func together<Prepared: Sendable, Result: Sendable>(
    _ count: Int, prepare: @escaping @Sendable (Int) throws -> Prepared,
    act: @escaping @Sendable (Int, Prepared) throws -> Result
) async throws -> [Result] {
    let start = Barrier(count)
    return try await withThrowingTaskGroup(of: (Int, Result).self) { group in
        for index in 0..<count {
            group.addTask {
                try await onThread {
                    let prepared = Swift.Result { try prepare(index) }
                    start.wait()
                    return (index, try act(index, try prepared.get()))
                }
            }
        }
        var results: [Int: Result] = [:]
        for try await (index, result) in group { results[index] = result }
        return (0..<count).compactMap { results[$0] }
    }
}

/// Lets nobody pass before all have come.
private final class Barrier: @unchecked Sendable {
    // `pthread_barrier_t` is made to be waited on by many threads; its memory lives as long as this object.
    private let barrier: UnsafeMutablePointer<pthread_barrier_t>

    init(_ count: Int) {
        barrier = .allocate(capacity: 1)
        pthread_barrier_init(barrier, nil, UInt32(count))
    }

    deinit {
        pthread_barrier_destroy(barrier)
        barrier.deallocate()
    }

    func wait() { pthread_barrier_wait(barrier) }
}

/// What a new thread is to do.
private final class Start: Sendable {
    let work: @Sendable () -> Void
    init(_ work: @escaping @Sendable () -> Void) { self.work = work }
}

private func startThread(_ work: @escaping @Sendable () -> Void) throws {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    pthread_attr_setstacksize(&attributes, 512 * 1024)
    let start = Unmanaged.passRetained(Start(work))
    var thread = pthread_t()
    let code = pthread_create(
        &thread, &attributes,
        { pointer in
            if let pointer { Unmanaged<Start>.fromOpaque(pointer).takeRetainedValue().work() }
            return nil
        }, start.toOpaque())
    guard code == 0 else {
        start.release()
        throw Failure("no thread could be started: \(code)")
    }
}
