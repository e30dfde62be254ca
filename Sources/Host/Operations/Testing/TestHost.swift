import Crypto
import Database
import HTTPServer
package import PluginAPI
import Workers

/// The host as the plugin test kit runs it: the whole of it, on files of a test's own, with a clock that the test sets.
///
/// Requests go through the pipeline on the server's own loop, without a socket. What is due is done when the test asks for
/// it. Every write is run twice, the first run undone (see ``Rehearsal``), and what gives itself away is told.
///
/// It is the one opening of the host that the kit uses; visible in this package alone, so the host's public face stays
/// what an operator needs.
package final class TestHost: Sendable {
    let parts: Composition
    let loop: EventLoop
    let doubts: RehearsalDoubts
    /// Where requests without a socket come from.
    let client: SocketAddress
    private let server: Server
    private let sink: RecordingLog
    private let blocking = WorkerPool(name: "test", threads: 2, queueLimit: 1024, perKeyLimit: 1024)

    /// The host's own API, which is there beside the plugins.
    package static let hostAPI: any Plugin.Type = PorticoAPI.self

    /// The port of the loopback listener.
    package let port: UInt16

    /// Keys are dear to make, so that all test hosts of the process take theirs from one pool.
    private static let keys = SpareKeyPool(capacity: 2)

    /// Starts.
    ///
    /// - Throws: what ``Host/init(plugins:options:)`` throws, and ``StartFailure`` for a tenant with mistakes.
    package init(plugins: [any Plugin.Type], options: HostOptions) async throws {
        var options = options
        options.loops = 1
        options.port = 0
        let doubts = RehearsalDoubts()
        let sink = RecordingLog(level: .info)
        let seams = Seams(
            configure: { database in
                database.writerThreads = 1
                database.openerThreads = 1
                database.otherFileDescriptors = 1_000
                database.rehearsal = { doubts.note($0) }
            }, spareKeys: Self.keys, log: sink, passwordCost: Bcrypt.costs.lowerBound)
        let parts = try await Composition(plugins: plugins, options: options, seams: seams)
        do {
            (server, loop, port, client) = try Self.serve(parts)
        } catch {
            await parts.engine.close()
            throw error
        }
        self.parts = parts
        self.doubts = doubts
        self.sink = sink
        parts.pipeline.setReady(true)
    }

    private static func serve(
        _ parts: Composition
    ) throws -> (server: Server, loop: EventLoop, port: UInt16, client: SocketAddress) {
        let mistakes = parts.tenants.current.findings.filter { $0.weight == .mistake }
        guard mistakes.isEmpty else {
            throw StartFailure(mistakes.map(\.description).joined(separator: "\n"))
        }
        var configuration = ServerConfiguration(listeners: parts.listeners)
        configuration.loops = parts.loops
        let server = try Server(configuration: configuration, responder: parts.pipeline)
        // An address of a network that documents use (RFC 5737).
        guard let client = SocketAddress(host: "192.0.2.1", port: 50_000), let bound = try server.start().first,
            let loop = server.loops.first
        else { throw StartFailure("the server of a test has no loop") }
        return (server, loop, bound.address.port, client)
    }

    /// Lets what is being done finish, and closes every file.
    package func stop() async {
        parts.pipeline.setReady(false)
        await server.drain()
        await parts.tenants.keepTallies()
        await parts.engine.close()
        await parts.outbound.close()
        await parts.longThreads.close()
        for pool in parts.pools + [blocking] { await pool.close() }
    }

    /// Does everything that is due now, in every tenant.
    package func work() async {
        await parts.scheduler.runDue()
        await parts.longScheduler.runDue()
        // What the long ones have left to do.
        await parts.scheduler.runDue()
    }

    /// What the log says went wrong on our side: each line with its facts.
    package var faults: [String] {
        sink.lines.filter { $0.level == .error }.map { line in
            line.message + line.fields.map { " \($0.name)=\($0.value)" }.joined()
        }
    }

    /// Writes whose two runs did not come to the same.
    package var unrepeatable: [String] { doubts.all }

    /// Does what blocks on a thread for it.
    package func blocking<T: Sendable>(_ work: @escaping @Sendable () throws -> T) async throws -> T {
        try await blocking.run(work)
    }

    /// A tenant, opened if it is not.
    func runtime(_ tenant: String) async throws -> TenantRuntime { try await parts.tenants.open(named: tenant) }
}
