import Glibc

/// Chromium without a window, with a profile of its own. It ends with this object, or with the test run.
final class ChromiumProcess: Sendable {
    /// Why it could not be started.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// The port of its DevTools, and the path of the browser's own target there.
    let port: UInt16
    let path: String
    private let pid: pid_t
    /// What the shell waits at: when it is closed, by us or by our end, the browser is killed.
    private let leash: Int32

    /// Starts it and waits until it says where its DevTools are.
    ///
    /// - Parameter profile: a folder, made by whoever removes it.
    init(profile: String) throws {
        guard let program = Self.program() else {
            throw Failure(description: "there is no chromium on the path; .ci/deps test installs it")
        }
        var leash: [Int32] = [-1, -1], said: [Int32] = [-1, -1]
        // Closed on exec from the start, so that no program started at this moment keeps an end open.
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, kind, 0, &leash) == 0, socketpair(AF_UNIX, kind, 0, &said) == 0 else {
            throw Failure(description: "no pair of sockets: \(errno)")
        }
        var words = [
            program, "--headless=new", "--remote-debugging-port=0", "--user-data-dir=\(profile)", "--no-first-run",
            "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update",
            "--disable-sync", "--password-store=basic", "--lang=en", "about:blank",
        ]
        // It refuses its sandbox to root.
        if getuid() == 0 { words.insert("--no-sandbox", at: 1) }
        // The shell lets go of the output, so that its end is the browser's.
        let script = #""$@" & browser=$!; exec >/dev/null 2>&1; read -r line; kill -9 "$browser"; wait "$browser""#
        do {
            pid = try Self.spawn(["/bin/sh", "-c", script, "leash"] + words, input: leash[0], output: said[1])
        } catch {
            for end in leash + said { close(end) }
            throw error
        }
        close(leash[0])
        close(said[1])
        self.leash = leash[1]
        (port, path) = try Self.address(from: said[0])
    }

    deinit {
        close(leash)
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0, errno == EINTR {}
    }

    private static func program() -> String? {
        let folders = getenv("PATH").map { String(cString: $0) } ?? "/usr/bin"
        for name in ["chromium", "chromium-browser", "google-chrome"] {
            for folder in folders.split(separator: ":") where access("\(folder)/\(name)", X_OK) == 0 {
                return "\(folder)/\(name)"
            }
        }
        return nil
    }

    /// Reads what it prints up to `DevTools listening on ws://127.0.0.1:41234/devtools/browser/…`; a thread of its own reads
    /// the rest, so that it never waits for room.
    private static func address(from descriptor: Int32) throws -> (UInt16, String) {
        var text = ""
        while true {
            var buffer = [UInt8](repeating: 0, count: 4096)
            let count = read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                close(descriptor)
                throw Failure(description: "chromium ended: \(text)")
            }
            text += String(decoding: buffer[..<count], as: UTF8.self)
            for line in text.split(separator: "\n").dropLast(text.hasSuffix("\n") ? 0 : 1) {
                guard let start = line.firstRange(of: "ws://127.0.0.1:") else { continue }
                let rest = line[start.upperBound...]
                let digits = rest.prefix { $0.isNumber }
                guard let port = UInt16(digits) else { continue }
                drain(descriptor)
                return (port, String(rest.dropFirst(digits.count)))
            }
        }
    }

    private static func drain(_ descriptor: Int32) {
        var thread = pthread_t()
        // The descriptor's number fits into the argument, which is never followed.
        pthread_create(
            &thread, nil,
            { argument in
                let descriptor = Int32(Int(bitPattern: argument))
                var buffer = [UInt8](repeating: 0, count: 4096)
                while true {
                    let count = read(descriptor, &buffer, buffer.count)
                    if count < 0, errno == EINTR { continue }
                    guard count > 0 else { break }
                }
                close(descriptor)
                return nil
            }, UnsafeMutableRawPointer(bitPattern: Int(descriptor)))
        pthread_detach(thread)
    }

    private static func spawn(_ arguments: [String], input: Int32, output: Int32) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, input, 0)
        posix_spawn_file_actions_adddup2(&actions, output, 1)
        posix_spawn_file_actions_adddup2(&actions, output, 2)
        // A group of its own, so that Ctrl-C in the terminal is the test runner's alone; signals as a shell leaves them.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP))
        var words = arguments.map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var pid: pid_t = 0
        let code = posix_spawn(&pid, arguments[0], &actions, &attributes, &words, environ)
        guard code == 0 else { throw Failure(description: "chromium could not be started: \(code)") }
        return pid
    }
}
