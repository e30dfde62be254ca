import FoundationEssentials
import Glibc
import Synchronization

/// A program that a test started. It ends with the test run, however that ends.
final class ChildProcess: Sendable {
    /// How a program ended.
    enum Ending: Equatable, Sendable {
        case exit(Int32)
        case signal(Int32)
    }

    let pid: pid_t
    private let logPath: String
    private let ending = Mutex<Ending?>(nil)
    private let watchdog: Watchdog

    /// Starts `arguments`, the first being the program's path; what it prints goes to `log`.
    init(_ arguments: [String], log: String) throws {
        logPath = log
        pid = try Self.spawn(arguments, log: log)
        watchdog = try Watchdog(of: pid)
    }

    deinit {
        if poll() == nil {
            Glibc.kill(pid, SIGKILL)
            _ = wait(0)
        }
        watchdog.dismiss()
    }

    /// What it has printed so far.
    var output: String {
        guard let data = try? Data(contentsOf: URL(filePath: logPath)) else { return "" }
        return String(decoding: data, as: UTF8.self)
    }

    func signal(_ number: Int32) {
        ending.withLock { if $0 == nil { Glibc.kill(pid, number) } }
    }

    /// How it ended; nil while it runs.
    func poll() -> Ending? { wait(WNOHANG) }

    /// Waits for its end.
    func end() async throws -> Ending {
        try await onThread { [self] in
            guard let ending = wait(0) else { throw Failure("the process \(pid) cannot be waited for: \(errno)") }
            return ending
        }
    }

    private func wait(_ options: Int32) -> Ending? {
        ending.withLock { ending in
            if let ending { return ending }
            var status: Int32 = 0
            while true {
                let found = waitpid(pid, &status, options)
                if found < 0, errno == EINTR { continue }
                guard found == pid else { return nil }
                break
            }
            let signal = status & 0x7f
            ending = signal == 0 ? .exit(status >> 8 & 0xff) : .signal(signal)
            return ending
        }
    }

    fileprivate static func spawn(_ arguments: [String], log: String, input: Int32? = nil) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        if let input {
            posix_spawn_file_actions_adddup2(&actions, input, 0)
        } else {
            posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        }
        posix_spawn_file_actions_addopen(&actions, 1, log, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)

        // A group of its own, so that Ctrl-C in the terminal is the test runner's alone; signals as a shell leaves them.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var all = sigset_t()
        sigfillset(&all)
        posix_spawnattr_setsigdefault(&attributes, &all)
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP))

        var words = arguments.map { strdup($0) } + [nil]
        var variables = ProcessInfo.processInfo.environment.map { strdup("\($0)=\($1)") } + [nil]
        defer { for text in words + variables { free(text) } }
        var pid: pid_t = 0
        let code = posix_spawn(&pid, arguments[0], &actions, &attributes, &words, &variables)
        guard code == 0 else {
            throw Failure("\(arguments[0]) could not be started: \(String(cString: strerror(code)))")
        }
        return pid
    }
}

/// Kills a program when the test run dies without doing so: it notices by a pipe that only the run holds.
private final class Watchdog: Sendable {
    private let pid: pid_t
    private let pipe: Mutex<Int32?>

    init(of watched: pid_t) throws {
        var ends: [Int32] = [-1, -1]
        // Closed on exec from the start, so that no program started at this moment keeps an end open.
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else { throw Failure("no pair of sockets: \(errno)") }
        defer { close(ends[0]) }
        do {
            pid = try ChildProcess.spawn(
                ["/bin/sh", "-c", #"read -r line || kill -9 "$1""#, "watchdog", String(watched)], log: "/dev/null",
                input: ends[0])
        } catch {
            close(ends[1])
            throw error
        }
        pipe = Mutex(ends[1])
    }

    /// Sends it away without a kill.
    func dismiss() {
        pipe.withLock { end in
            guard let open = end else { return }
            end = nil
            _ = write(open, "\n", 1)
            close(open)
            var status: Int32 = 0
            while waitpid(pid, &status, 0) < 0, errno == EINTR {}
        }
    }
}
