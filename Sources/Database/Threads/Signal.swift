internal import Glibc

/// State under a lock on whose changes threads can wait.
final class Signal<State>: @unchecked Sendable {  // proof: `state` is touched only between lock and unlock
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let condition: UnsafeMutablePointer<pthread_cond_t>
    private var state: State

    init(_ state: sending State) {
        self.state = state
        mutex = .allocate(capacity: 1)
        condition = .allocate(capacity: 1)
        pthread_mutex_init(mutex, nil)
        var attributes = pthread_condattr_t()
        pthread_condattr_init(&attributes)
        pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        pthread_cond_init(condition, &attributes)
        pthread_condattr_destroy(&attributes)
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(mutex)
        condition.deallocate()
        mutex.deallocate()
    }

    /// Changes the state and wakes those who wait.
    func change<T>(_ body: (inout State) -> T) -> T {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        let result = body(&state)
        pthread_cond_broadcast(condition)
        return result
    }

    /// Changes the state and wakes one of those who wait.
    func changeOne<T>(_ body: (inout State) -> T) -> T {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        let result = body(&state)
        pthread_cond_signal(condition)
        return result
    }

    /// What a waiting thread is told by its closure.
    enum Answer<T> {
        case ready(T)
        /// Ask again after the next change, or at this time of the monotonic clock in nanoseconds.
        case wait(until: Int64?)
    }

    /// Asks until there is an answer.
    func wait<T>(_ ask: (inout State) -> Answer<T>) -> T {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while true {
            switch ask(&state) {
            case .ready(let value): return value
            case .wait(until: nil): pthread_cond_wait(condition, mutex)
            case .wait(until: .some(let time)):
                var limit = timespec(tv_sec: Int(time / 1_000_000_000), tv_nsec: Int(time % 1_000_000_000))
                pthread_cond_timedwait(condition, mutex, &limit)
            }
        }
    }
}
