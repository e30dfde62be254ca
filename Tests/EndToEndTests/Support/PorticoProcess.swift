import Glibc
import Synchronization

/// The real program, serving the demo on a free port.
final class PorticoProcess: Sendable {
    let port: UInt16
    let place: DemoPlace
    private let child: ChildProcess
    /// Who has signed in already: a second code within half a minute is not sent.
    let signedIn = Mutex<[String: Task<SignedIn, any Error>]>([:])

    /// Starts it and waits until it is ready, or has ended.
    ///
    /// - Parameter place: where its data and tenants are; start again with the same place to go on with the same data.
    static func start(_ place: DemoPlace, _ arguments: [String] = []) async throws -> PorticoProcess {
        var reason = ""
        for _ in 0..<3 {
            let process = try PorticoProcess(place, port: try FreePort.take(), arguments)
            if try await process.isReady() { return process }
            reason = process.log
            // Another program may have taken the port in between; anything else fails again and is reported.
        }
        throw Failure("the program ended before it was ready: \(reason.suffix(4000))")
    }

    /// Starts it with data and tenants of its own.
    static func start(_ arguments: [String] = []) async throws -> PorticoProcess {
        try await start(DemoPlace(), arguments)
    }

    private init(_ place: DemoPlace, port: UInt16, _ arguments: [String]) throws {
        guard let program = Repository.program else { throw Failure("the program is not beside the tests") }
        self.port = port
        self.place = place
        child = try ChildProcess(
            [
                program, "serve", "--demo", "--demo-ports", "off", "--tenants", place.tenants, "--data", place.data,
                "--port", String(port), "--rate-limit-scale", "100000",
            ] + arguments, log: place.log)
    }

    /// What it has logged, over all its starts in this place.
    var log: String { child.output }
    /// Whether it still runs.
    var isRunning: Bool { child.poll() == nil }

    /// Ends it at once, as a power cut would.
    func kill() async throws {
        child.signal(SIGKILL)
        let ending = try await child.end()
        guard ending == .signal(SIGKILL) else { throw Failure("it had ended already: \(ending) \(log.suffix(4000))") }
    }

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

    /// Waits until it says that it is ready; false when it ends before.
    private func isReady() async throws -> Bool {
        while isRunning {
            if let answer = try? await send(.get("/ready")), answer.status == 200 { return true }
            try await Task.sleep(for: .milliseconds(10))
        }
        return false
    }
}

/// The folders of a demo, which outlive the process.
final class DemoPlace: Sendable {
    private let folder: TemporaryFolder
    /// The folder of tenants.
    let tenants: String
    var data: String { folder.path + "/data" }
    var log: String { folder.path + "/log" }

    /// - Parameter tenants: the folder of tenants; the repository's own without one.
    init(tenants: String = Repository.path + "/tenants") throws {
        folder = try TemporaryFolder()
        self.tenants = tenants
    }
}

/// A demo that tests share which leave it as they find it, or touch only what is theirs.
enum SharedDemo {
    private static let start = Task { try await PorticoProcess.start() }
    static func process() async throws -> PorticoProcess { try await start.value }
}
