import Crypto
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
    private let longScheduler: Scheduler
    private let longThreads: WorkerExecutor
    let log: JSONLog
    private let server: Server
    private let pools: [WorkerPool]
    private let passwords: PasswordHasher
    private let spareKeys: SpareKeyPool?
    /// The way to other people's servers.
    let outbound: Outbound
    private let certificates: HostCertificates?
    private let certificateFindings: [Finding]
    private let work = Mutex<Task<Void, Never>?>(nil)
    private let longWork = Mutex<Task<Void, Never>?>(nil)
    private let control = Mutex<ControlSocket?>(nil)

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
        longScheduler = parts.longScheduler
        longThreads = parts.longThreads
        log = parts.log
        pools = parts.pools
        passwords = parts.passwords
        spareKeys = parts.ownSpareKeys
        outbound = parts.outbound
        certificates = parts.certificates
        certificateFindings = parts.certificateFindings
        var configuration = ServerConfiguration()
        configuration.loops = parts.loops
        configuration.listeners = parts.listeners
        configuration.trustedProxies = parts.trustedProxies
        configuration.tls = parts.certificates.map { TLSConfiguration(certificates: $0.table) }
        server = try Server(configuration: configuration, responder: pipeline)
    }

    /// Opens the listeners and begins to work. When it returns, `/ready` says so.
    ///
    /// - Returns: the port of each listener, the main one first, then that of TLS and the redirecting one.
    public func start() async throws -> [UInt16] {
        for finding in tenants.current.findings { report(finding, noticed: .info) }
        for finding in certificateFindings { report(finding, noticed: .warning) }
        // No other host has these files: the host's own database is open, and locked.
        let socket = try ControlSocket(data: options.data) { [weak self] request in
            await self?.perform(request) ?? ControlAnswer("the host is stopping", status: 1)
        }
        control.withLock { $0 = socket }
        let bound = try server.start()
        if options.isDemo {
            await DemoLoader(tenants: tenants, passwords: passwords, clock: options.clock, log: log).loadAll()
        }
        let task = Task.detached { [scheduler] in await scheduler.run() }
        work.withLock { $0 = task }
        let long = Task.detached { [longScheduler] in await longScheduler.run() }
        longWork.withLock { $0 = long }
        let ports = bound.map { $0.address.port }
        if options.tlsPort != nil, ports.count > 1 {
            log.write(.info, "serving TLS", ["port": .integer(Int64(ports[1]))])
            if let redirect = pipeline.redirect, ports.count > 2 {
                redirect.use(port: ports[1])
                log.write(.info, "redirecting to TLS", ["port": .integer(Int64(ports[2]))])
            }
        }
        pipeline.setReady(true)
        log.write(
            .info, "serving",
            ["port": .integer(Int64(ports.first ?? 0)), "tenants": .integer(Int64(tenants.current.tenants.count))])
        return ports
    }

    /// Reads the tenants' folder again. Connections stay; a tenant whose file went bad stays as it was.
    public func reload() async { _ = try? await readAgain() }

    /// The same, and tells what came of it; the log is told in any case.
    ///
    /// - Throws: ``FileFault`` when the folder cannot be read; then nothing has changed.
    func readAgain() async throws -> (reload: TenantReload, findings: [Finding]) {
        do {
            let (reload, findings) = try await tenants.reload()
            let certified = certificates?.load(tenants.current, now: options.clock.now) ?? []
            for finding in findings where finding.weight == .mistake { report(finding, noticed: .info) }
            for finding in certified { report(finding, noticed: .warning) }
            log.write(
                .info, "reloaded",
                [
                    "added": .integer(Int64(reload.added.count)), "changed": .integer(Int64(reload.changed.count)),
                    "removed": .integer(Int64(reload.removed.count)), "broken": .integer(Int64(reload.broken.count)),
                ])
            return (reload, findings)
        } catch {
            log.write(.error, "the tenants could not be read again", ["error": .text("\(error)")])
            throw error
        }
    }

    private func report(_ finding: Finding, noticed: LogLevel) {
        log.write(
            finding.weight == .mistake ? .error : noticed, "a tenant's settings",
            ["finding": .text(finding.description)])
    }

    /// Answers what is in flight, lets what is being done finish, and closes every file.
    public func stop() async {
        pipeline.setReady(false)
        await control.withLock { $0 }?.close()
        await server.drain()
        scheduler.stop()
        longScheduler.stop()
        let long = longWork.withLock { $0 }
        // What takes long is not waited for: it ends at its next step and is begun anew by the next process.
        long?.cancel()
        await work.withLock { $0 }?.value
        await long?.value
        await longThreads.close()
        await outbound.close()
        await tenants.keepTallies()
        await engine.close()
        for pool in pools { await pool.close() }
        await spareKeys?.close()
        log.write(.info, "stopped")
        log.flush()
    }
}
