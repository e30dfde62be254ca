import Glibc
import Workers

/// What the operator tells the process.
enum Signals: Sendable {
    /// SIGHUP: read the tenants again.
    case reload
    /// SIGTERM or SIGINT: finish and stop.
    case stop

    /// Keeps the signals from interrupting anything. Called before any other thread is started, because threads inherit it.
    static func block() {
        // A shell starts background jobs with SIGINT ignored, and what is ignored is never waited for.
        for number in [SIGHUP, SIGTERM, SIGINT] { _ = signal(number, SIG_DFL) }
        var set = set
        // The set is a local value that lives for the call.
        _ = unsafe pthread_sigmask(SIG_BLOCK, &set, nil)
        _ = signal(SIGPIPE, SIG_IGN)
    }

    /// The signals as they come, waited for on a thread of its own.
    static var received: AsyncStream<Signals> {
        AsyncStream { continuation in
            let waiting = WorkerPool(name: "signals", threads: 1, queueLimit: 1, perKeyLimit: 1)
            try? waiting.submit {
                while true {
                    var set = set
                    var number: Int32 = 0
                    // Both are local values that live for the call.
                    guard unsafe sigwait(&set, &number) == 0 else { continue }
                    continuation.yield(number == SIGHUP ? .reload : .stop)
                }
            }
        }
    }

    private static var set: sigset_t {
        var set = sigset_t()
        // The set is a local value that lives for the calls.
        _ = unsafe sigemptyset(&set)
        for number in [SIGHUP, SIGTERM, SIGINT] { _ = unsafe sigaddset(&set, number) }
        return set
    }
}
