import Glibc
import Synchronization

/// The real program, serving the demo, or the tenants of a test, on a free port.
final class PorticoProcess: Sendable {
    let port: UInt16
    let place: DemoPlace
    private let child: ChildProcess
    /// Who has signed in already: a second code within half a minute is not sent.
    let signedIn = Mutex<[String: Task<SignedIn, any Error>]>([:])

    /// Starts it and waits until it is ready, or has ended.
    ///
    /// - Parameter place: where its data and tenants are; start again with the same place to go on with the same data.
    /// - Parameter isDemo: with demo data and captured messages; otherwise as a company would run it.
    static func start(
        _ place: DemoPlace, _ arguments: [String] = [], isDemo: Bool = true
    ) async throws -> PorticoProcess {
        guard let program = Repository.program else { throw Failure("the program is not beside the tests") }
        let child = try ChildProcess(
            [
                program, "serve", "--tenants", place.tenants, "--data", place.data, "--port", "0",
                "--rate-limit-scale", "100000",
            ] + (isDemo ? ["--demo"] : ["--master-key-file", try place.masterKey()]) + arguments, log: place.nextLog())
        while child.poll() == nil {
            if let port = servingPort(child.output) {
                let process = PorticoProcess(place, child, port)
                let answer = try await process.send(.get("/ready"))
                guard answer.status == 200 else { throw Failure("it serves and is not ready: \(answer.status)") }
                return process
            }
            try await Task.sleep(for: .milliseconds(10))
        }
        throw Failure("the program ended before it was ready: \(child.output.suffix(4000))")
    }

    /// Starts it with data and tenants of its own.
    static func start(_ arguments: [String] = []) async throws -> PorticoProcess {
        try await start(DemoPlace(), arguments)
    }

    private init(_ place: DemoPlace, _ child: ChildProcess, _ port: UInt16) {
        self.place = place
        self.child = child
        self.port = port
    }

    /// The port that the program's own log names once it serves.
    private static func servingPort(_ log: String, _ message: String = "serving") -> UInt16? {
        for line in log.split(separator: "\n") where line.contains(#""\#(message)""#) {
            guard let entry = try? JSON(Array(line.utf8)), entry["message"].string == message else { continue }
            return entry["port"].number.flatMap { UInt16(exactly: $0) }
        }
        return nil
    }

    /// The port that its log names beside a message: `serving TLS`, `redirecting to TLS`.
    func port(_ message: String) throws -> UInt16 {
        guard let port = Self.servingPort(log, message) else { throw Failure("no line \(message): \(log)") }
        return port
    }

    /// What it has logged since this start.
    var log: String { child.output }
    /// Whether it still runs.
    var isRunning: Bool { child.poll() == nil }

    /// Ends it at once, as a power cut would.
    func kill() async throws {
        child.signal(SIGKILL)
        let ending = try await child.end()
        guard ending == .signal(SIGKILL) else { throw Failure("it had ended already: \(ending) \(log.suffix(4000))") }
    }

    var pid: Int32 { child.pid }

    func signal(_ number: Int32) { child.signal(number) }

    /// How it ends.
    func end() async throws -> ChildProcess.Ending { try await child.end() }

    /// A new connection to a tenant.
    func connect(_ slug: String = "lumen") throws -> HTTPConnection {
        try HTTPConnection(port: port, host: "\(slug).localhost:\(port)")
    }

    /// One request on a connection of its own.
    func send(_ request: HTTPRequest, to slug: String = "lumen") async throws -> HTTPAnswer {
        try await onThread { try self.connect(slug).sendNow(request) }
    }
}

/// The folders of a demo, which outlive the process.
final class DemoPlace: Sendable {
    private let folder: TemporaryFolder
    /// The folder of tenants.
    let tenants: String
    var data: String { folder.path + "/data" }
    private let starts = Atomic<Int>(0)

    /// - Parameter tenants: the folder of tenants; the repository's own without one.
    init(tenants: String = Repository.path + "/tenants") throws {
        folder = try TemporaryFolder()
        self.tenants = tenants
    }

    /// A file with a master key.
    func masterKey() throws -> String {
        try folder.write("cG9ydGljby1lbmQtdG8tZW5kLXRlc3RzLWtleS0wMDE=\n", to: "master.key")
        return folder.path + "/master.key"
    }

    /// A file for the log of one more start.
    func nextLog() -> String { folder.path + "/log-\(starts.add(1, ordering: .relaxed).newValue)" }
}

/// A demo that tests share which leave it as they find it, or touch only what is theirs.
enum SharedDemo {
    private static let start = Task { try await PorticoProcess.start() }
    static func process() async throws -> PorticoProcess { try await start.value }
}
