internal import Glibc

/// A thread of the operating system that runs one closure.
struct Thread: Sendable {
    private let id: pthread_t

    /// Starts it.
    ///
    /// - Throws: ``ThreadError`` when the system has no more threads.
    init(_ body: @escaping @Sendable () -> Void) throws(ThreadError) {
        var id = pthread_t()
        let work = Unmanaged.passRetained(Work(body))
        let code = pthread_create(
            &id, nil,
            { context in
                guard let context else { return nil }
                let work = Unmanaged<Work>.fromOpaque(context).takeRetainedValue()
                work.body()
                return nil
            }, work.toOpaque())
        guard code == 0 else {
            work.release()
            throw ThreadError(code: code)
        }
        self.id = id
    }

    /// Waits until the closure has returned; either this or ``detach()`` is called, once.
    func join() { pthread_join(id, nil) }

    /// Lets the thread end when it will.
    func detach() { pthread_detach(id) }

    private final class Work: Sendable {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
}

/// The system refused a thread.
struct ThreadError: Error {
    /// As `errno`.
    let code: Int32
}
