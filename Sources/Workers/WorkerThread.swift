import Glibc

/// Starts operating system threads.
enum WorkerThread {
    /// Starts a detached thread that runs `body` once. It takes no signals: those belong to the thread that waits for them.
    /// - Returns: Whether the system gave the thread.
    static func start(name: String, stackSize: Int, niceness: Int, _ body: @escaping @Sendable () -> Void) -> Bool {
        withSignalsBlocked {
            var attributes = pthread_attr_t()
            guard pthread_attr_init(&attributes) == 0 else { return false }
            defer { pthread_attr_destroy(&attributes) }
            let page = max(4096, sysconf(Int32(_SC_PAGESIZE)))
            guard pthread_attr_setstacksize(&attributes, (stackSize + page - 1) / page * page) == 0,
                pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED)) == 0
            else { return false }
            return create(attributes, ThreadStart(name: name, niceness: niceness, body: body))
        }
    }

    private static func create(_ attributes: pthread_attr_t, _ start: ThreadStart) -> Bool {
        let argument = Unmanaged.passRetained(start)
        var attributes = attributes
        var thread = pthread_t()
        if pthread_create(&thread, &attributes, main, argument.toOpaque()) == 0 { return true }
        argument.release()
        return false
    }

    private static let main: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { argument in
        guard let argument else { return nil }
        let start = Unmanaged<ThreadStart>.fromOpaque(argument).takeRetainedValue()
        setName(start.name)
        // For this thread alone (setpriority(2), "C library/kernel differences"). One that keeps its priority works as well.
        if start.niceness > 0 { setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, Int32(start.niceness)) }
        start.body()
        return nil
    }

    /// A new thread inherits the mask of its maker.
    private static func withSignalsBlocked(_ body: () -> Bool) -> Bool {
        var every = sigset_t()
        var before = sigset_t()
        sigfillset(&every)
        pthread_sigmask(SIG_SETMASK, &every, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        return body()
    }

    /// Names the calling thread for `ps` and debuggers. A thread without a name works as well, so failure is no matter.
    private static func setName(_ name: String) {
        let file = open("/proc/thread-self/comm", O_WRONLY | O_CLOEXEC)
        guard file >= 0 else { return }
        defer { close(file) }
        _ = Array(name.utf8).withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
    }
}

/// What a new thread is told.
private final class ThreadStart: Sendable {
    let name: String
    let niceness: Int
    let body: @Sendable () -> Void

    init(name: String, niceness: Int, body: @escaping @Sendable () -> Void) {
        self.name = name
        self.niceness = niceness
        self.body = body
    }
}
