import Database
import HTTPServer
public import PluginAPI
import Synchronization
import Workers

/// The program: many tenants, each with the plugins it enables, behind one server.
///
///     let host = try await Host(plugins: [Appointments.self], options: options)
///     let ports = try await host.start()
///     …
///     await host.stop()
public final class Host: Sendable {
    let options: HostOptions
    let engine: DatabaseEngine
    let tenants: TenantRegistry
    let pipeline: Pipeline
    let scheduler: Scheduler
    let log: JSONLog
    private let server: Server
    private let pools: [WorkerPool]
    private let spareKeys: SpareKeyPool?
    private let work = Mutex<Task<Void, Never>?>(nil)

    /// Puts everything together; nothing listens yet.
    ///
    /// - Throws: ``StartFailure`` and other errors that say what to change: all faults of all manifests, a missing master
    ///   key, a folder that cannot be read.
    public convenience init(plugins: [any Plugin.Type], options: HostOptions) async throws {
        try await self.init(Composition(plugins: plugins, options: options))
    }

    init(_ parts: Composition) throws {
        options = parts.options
        engine = parts.engine
        tenants = parts.tenants
        pipeline = parts.pipeline
        scheduler = parts.scheduler
        log = parts.log
        pools = parts.pools
        spareKeys = parts.ownSpareKeys
        var configuration = ServerConfiguration()
        configuration.loops = parts.loops
        configuration.listeners = parts.listeners
        configuration.trustedProxies = parts.trustedProxies
        server = try Server(configuration: configuration, responder: pipeline)
    }

    /// Opens the listeners and begins to work. When it returns, `/ready` says so.
    ///
    /// - Returns: the port of each listener, the main one first.
    public func start() async throws -> [UInt16] {
        for finding in tenants.current.findings {
            log.write(
                finding.weight == .mistake ? .error : .info, "a tenant's settings",
                ["finding": .text(finding.description)])
        }
        let bound = try server.start()
        if options.isDemo { await DemoLoader(tenants: tenants, clock: options.clock, log: log).loadAll() }
        let task = Task.detached { [scheduler] in await scheduler.run() }
        work.withLock { $0 = task }
        pipeline.setReady(true)
        let ports = bound.map { $0.address.port }
        log.write(
            .info, "serving",
            ["port": .integer(Int64(ports.first ?? 0)), "tenants": .integer(Int64(tenants.current.tenants.count))])
        return ports
    }

    /// Reads the tenants' folder again. Connections stay; a tenant whose file went bad stays as it was.
    public func reload() async {
        do {
            let (reload, findings) = try await tenants.reload()
            for finding in findings where finding.weight == .mistake {
                log.write(.error, "a tenant's settings", ["finding": .text(finding.description)])
            }
            log.write(
                .info, "reloaded",
                [
                    "added": .integer(Int64(reload.added.count)), "changed": .integer(Int64(reload.changed.count)),
                    "removed": .integer(Int64(reload.removed.count)), "broken": .integer(Int64(reload.broken.count)),
                ])
        } catch {
            log.write(.error, "the tenants could not be read again", ["error": .text("\(error)")])
        }
    }

    /// Answers what is in flight, lets what is being done finish, and closes every file.
    public func stop() async {
        pipeline.setReady(false)
        await server.drain()
        scheduler.stop()
        await work.withLock { $0 }?.value
        await engine.close()
        for pool in pools { await pool.close() }
        await spareKeys?.close()
        log.write(.info, "stopped")
        log.flush()
    }
}
