internal import Synchronization

/// Work that a loop runs later, unless it is cancelled before.
public final class ScheduledWork: Sendable {
    private let body: Mutex<(@Sendable () -> Void)?>
    let deadline: Int64

    init(deadline: Int64, _ body: @escaping @Sendable () -> Void) {
        self.deadline = deadline
        self.body = Mutex(body)
    }

    /// Forgets the work. Has no effect once it has begun.
    public func cancel() { body.withLock { $0 = nil } }

    func run() {
        let work = body.withLock { body in
            defer { body = nil }
            return body
        }
        work?()
    }
}
