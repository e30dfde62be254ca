import Crypto
import Glibc
import PluginAPI
import Synchronization
import Workers

/// A few RSA keys made ahead, for tenants that sign somebody in for the first time: making one takes a tenth of a second
/// and more, so one thread of low priority does it, and never an event loop.
final class SpareKeyPool: Sendable {
    private let capacity: Int
    private let make: @Sendable () throws -> RSAKey
    private let thread: WorkerPool
    private let state = Mutex(State())

    /// So many may wait for a key when there is none.
    static let waitingLimit = 256

    private struct State {
        var ready: [RSAKey] = []
        /// Whether the thread is at work.
        var isMaking = false
        var waiting: [CheckedContinuation<RSAKey, any Error>] = []
        var isClosed = false
    }

    /// Starts making keys.
    ///
    /// - Parameters:
    ///   - capacity: how many are kept ready.
    ///   - make: makes one; RSA of 2048 bits unless said otherwise.
    init(capacity: Int = 4, make: @escaping @Sendable () throws -> RSAKey = { try RSAKey.generate() }) {
        self.capacity = capacity
        self.make = make
        thread = WorkerPool(name: "spare-keys", threads: 1, queueLimit: 1, perKeyLimit: 1, niceness: 15)
        refill()
    }

    /// A key that nobody else has; waits for one when none is ready.
    ///
    /// - Throws: ``PoolFull`` when too many wait, or what making a key throws.
    func take() async throws -> RSAKey {
        try await withCheckedThrowingContinuation { continuation in
            let result: Result<RSAKey, any Error>? = state.withLock { state in
                if let key = state.ready.popLast() { return .success(key) }
                if state.waiting.count >= Self.waitingLimit {
                    return .failure(PoolFull(reason: .queueFull, retryAfterSeconds: 5))
                }
                state.waiting.append(continuation)
                return nil
            }
            refill()
            if let result { continuation.resume(with: result) }
        }
    }

    /// Makes no more keys than are waited for, and returns when the thread is idle: nothing runs on when the process ends.
    func close() async {
        state.withLock { $0.isClosed = true }
        await thread.close()
    }

    private func refill() {
        let isNeeded = state.withLock { state in
            guard !state.isMaking, !state.isClosed || !state.waiting.isEmpty,
                state.ready.count < capacity || !state.waiting.isEmpty
            else { return false }
            state.isMaking = true
            return true
        }
        guard isNeeded else { return }
        do throws(PoolFull) {
            try thread.submit { [weak self] in
                // Of this thread alone, on Linux; the others do not wait for spares.
                _ = nice(10)
                self?.work()
            }
        } catch {
            finish(with: error)
        }
    }

    /// Makes keys until there are enough.
    private func work() {
        while true {
            let result = Result { try make() }
            let (waiter, isDone) = state.withLock { state -> (CheckedContinuation<RSAKey, any Error>?, Bool) in
                let waiter = state.waiting.isEmpty ? nil : state.waiting.removeFirst()
                if waiter == nil, case .success(let key) = result { state.ready.append(key) }
                // After a failure the next who needs a key starts anew.
                let isFailure = if case .failure = result { true } else { false }
                let isDone = state.waiting.isEmpty && (isFailure || state.isClosed || state.ready.count >= capacity)
                if isDone { state.isMaking = false }
                return (waiter, isDone)
            }
            waiter?.resume(with: result)
            if isDone { return }
        }
    }

    private func finish(with error: PoolFull) {
        let waiting = state.withLock { state in
            state.isMaking = false
            defer { state.waiting = [] }
            return state.waiting
        }
        for waiter in waiting { waiter.resume(throwing: error) }
    }
}
