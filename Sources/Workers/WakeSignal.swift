import Glibc

/// What idle threads sleep on: each signal wakes one, also one that comes to wait later.
final class WakeSignal: @unchecked Sendable {  // The pointer never changes, and sem_t is made to be shared by threads.
    private let semaphore = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)

    init() {
        sem_init(semaphore, 0, 0)
    }

    deinit {
        sem_destroy(semaphore)
        semaphore.deallocate()
    }

    /// Wakes one waiting thread.
    func signal() {
        sem_post(semaphore)
    }

    /// Sleeps until signalled.
    func wait() {
        while sem_wait(semaphore) != 0 && errno == EINTR {}
    }
}
