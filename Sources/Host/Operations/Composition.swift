import Crypto
import Database
import Glibc
import HTTPServer
import PluginAPI
import Synchronization
import Workers

/// How the parts of the host are put together.
struct Composition {
    let options: HostOptions
    let engine: DatabaseEngine
    let tenants: TenantRegistry
    let pipeline: Pipeline
    let scheduler: Scheduler
    /// Gives tenants' long jobs their turns.
    let longScheduler: Scheduler
    let longThreads: WorkerExecutor
    let log: JSONLog
    let pools: [WorkerPool]
    let passwords: PasswordHasher
    /// Made for this host alone; nil when it was lent.
    let ownSpareKeys: SpareKeyPool?
    let loops: Int
    let listeners: [ServerConfiguration.Listener]
    let trustedProxies: [AddressBlock]
    /// The way to other people's servers.
    let outbound: Outbound
    /// Where TLS is spoken.
    let certificates: HostCertificates?
    /// What is wrong with certificates.
    let certificateFindings: [Finding]

    /// The tables that the host keeps in each tenant's database. A database has applied a beginning of this list, so
    /// that new steps go to its end.
    static let tenantMigrations =
        [TenantKeyTable.migration, OverlayTable.migration] + AuthTables.first
        + [
            AuditTable.migration, JobTable.migration, EventTable.migration, OutboxTable.migration,
            CaptureDriver.migration, IdempotencyTable.migration,
        ] + AuthTables.later
        + [
            IdempotencyTable.sealing, Accounts.zone, ActingFor.migration, TenantRoles.migration, AuditTable.heads,
            Plans.migration, SMSSpending.migration, EventTable.floor, WebhookTable.migration,
        ] + [PreferencesTable.migration, FileTable.migration, LongJobTable.migration, RequestDays.migration]
        + [PushKeyTable.migration, DeliveryReportTable.migration]
        + [DeviceTable.migration, DeliveryTable.migration, TraceTable.migration]
        + [FileTable.uploadKeys, ThreadTable.migration]
        + [InboundMessages.migration, ErasureTable.migration] + [DeliveryTable.numbers]

    init(plugins: [any Plugin.Type], options: HostOptions, seams: Seams = Seams()) async throws {
        var options = options
        options.data = DataFolder.absolute(options.data)
        if options.isDemo, !["127.0.0.1", "::1", "localhost"].contains(options.host) {
            throw StartFailure("--demo serves on loopback only, not on \(options.host)")
        }
        guard options.tlsPort != nil || options.redirectPort == nil && options.tlsFiles == nil else {
            throw StartFailure("--redirect-port and --tls-certificate need --tls-port")
        }
        trustedProxies = try options.trustedProxies.map { text in
            guard let block = AddressBlock(text) else {
                throw StartFailure(
                    "--trusted-proxy \(text): must be an IP address or a block of them such as 10.0.0.0/8, with no bits set past its prefix"
                )
            }
            return block
        }
        outbound = try Outbound(authorities: options.outboundAuthorities, resolver: seams.resolver)
        try DataFolder.make(options.data)
        let clock = options.clock
        let loops = options.loops ?? max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
        let log = JSONLog(
            level: options.logLevel, format: options.logsForPeople ? .human : .json, clock: clock, loops: loops)
        let sink: any LogSink = seams.log ?? log
        let definitions = PluginDefinition.all(plugins)
        let limits = LimitTable(scale: options.rateLimitScale)
        let hostRoutes = HostRoutes.all(version: Version.text, limits: limits) + (options.isDemo ? DemoRoutes.all : [])
        let set = try PluginSet(definitions, hostRoutes: hostRoutes, table: limits)

        let reader = TenantReader(catalogue: PluginCatalogue(plugins), allowsUnknownPlugins: options.isDemo)
        var directory = try TenantDirectory(
            reading: .init(folder: options.tenants, baseDomain: options.baseDomain, reader: reader))
        let ports = DemoPorts.ports(options, directory)
        directory = try TenantDirectory(
            reading: .init(folder: options.tenants, baseDomain: options.baseDomain, reader: reader, ports: ports))

        let certificates = options.tlsPort.map { _ in
            HostCertificates(
                fallback: options.tlsFiles.map { CertificateFiles(certificate: $0.certificate, key: $0.key) })
        }
        certificateFindings = certificates?.load(directory, now: clock.now) ?? []

        var configuration = DatabaseConfiguration()
        configuration.readerSlots = loops
        configuration.waitingWritesPerDatabase = 1024
        seams.configure(&configuration)
        let engine = try DatabaseEngine(configuration)
        let signing = WorkerPool(name: "sign", threads: 2, queueLimit: 1024, perKeyLimit: 512)
        let uploading = WorkerPool(name: "uploads", threads: 2, queueLimit: 1024)
        try DataFolder.make(options.data + "/uploads")
        // Work comes in pieces of some hundred kilobytes, so that few threads serve many.
        let filing = WorkerPool(name: "files", threads: 3, queueLimit: 2048, perKeyLimit: 1024)
        // A hash keeps a core busy for 200 ms, so one core is left to everything else; at most 32 of a tenant's may wait.
        let hashing = WorkerPool(
            name: "password", threads: max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)) - 1), queueLimit: 64,
            perKeyLimit: 32, niceness: 10)
        let passwords = try PasswordHasher(pool: hashing, cost: seams.passwordCost)
        // What plugins compute, half a second or so at a time.
        let working = WorkerPool(
            name: "work", threads: max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)) - 1), queueLimit: 64, perKeyLimit: 8,
            niceness: 10)
        let blocking = WorkerPool(name: "due", threads: 2, queueLimit: 1024, perKeyLimit: 1024)
        let due = try await Self.dueIndex(engine, options)
        let spareKeys = seams.spareKeys ?? SpareKeyPool()
        let instance = Random.token(bytes: 12)
        let webhooks = WebhookMeans(
            client: outbound.webhookClient, target: WebhookTarget(allowsPrivate: options.allowsPrivateTargets),
            places: WebhookPlaces(), catalogue: WebhookCatalogue(definitions), clock: clock, instance: instance)
        let opener = Self.opener(
            set, reader, try MasterKey.load(options), options, sink, signing, passwords, loops, spareKeys,
            filing, working, certificates, outbound.issuers(allowsPrivate: options.allowsPrivateTargets),
            ChannelDrivers(client: outbound.client, allowsPrivate: options.allowsPrivateTargets, clock: options.clock),
            webhooks,
            PeerMeans(
                client: outbound.peerClient, breakers: Self.breakers(clock), allowsPrivate: options.allowsPrivateTargets
            ))
        let registry = TenantRegistry(
            directory, loops: loops, opener: opener, makeSlot: Self.slots(engine, options, due.index, due.long, sink))

        let scheduler = Scheduler(
            due: due.index, clock: clock, pool: blocking, log: TenantLog(sink, tenant: "", plugin: "")
        ) {
            TenantWork(runtime: try await registry.open(named: $0), log: TenantLog(sink, tenant: $0, plugin: ""))
        }
        due.alarm.use(scheduler)
        // One core is left to requests.
        let cores = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)) - 1)
        let longThreads = WorkerExecutor(name: "long", threads: cores)
        let runner = Random.token(bytes: 12)
        longScheduler = Scheduler(
            due: due.long, clock: clock, pool: blocking, log: TenantLog(sink, tenant: "", plugin: ""),
            concurrency: cores + 1
        ) {
            LongWork(
                runtime: try await registry.open(named: $0), runner: runner, threads: longThreads,
                log: TenantLog(sink, tenant: $0, plugin: ""))
        }
        due.longAlarm.use(longScheduler)
        self.longThreads = longThreads
        self.options = options
        self.engine = engine
        self.log = log
        self.loops = loops
        self.scheduler = scheduler
        tenants = registry
        pools = [signing, hashing, blocking, uploading, filing, working]
        self.passwords = passwords
        ownSpareKeys = seams.spareKeys == nil ? spareKeys : nil
        let secure: [ServerConfiguration.Listener] =
            options.tlsPort.map { [.init(host: options.host, port: $0, isSecure: true)] } ?? []
        let redirecting: [ServerConfiguration.Listener] =
            options.redirectPort.map { [.init(host: options.host, port: $0)] } ?? []
        listeners =
            [.init(host: options.host, port: options.port)] + secure + redirecting
            + ports.keys.sorted().map { .init(host: options.host, port: $0) }
        self.certificates = certificates
        var redirect: SecureRedirect?
        if let certificates, options.redirectPort != nil {
            redirect = SecureRedirect(listener: 2, certificates: certificates)
        }
        pipeline = Pipeline(
            plugins: set, tenants: registry, limits: limits, clock: clock, log: sink,
            uploads: UploadSpool(folder: options.data + "/uploads", pool: uploading), loops: loops,
            redirect: redirect, asksForHSTS: !options.isDemo,
            front: options.isDemo ? DemoFront(tenants: registry, options: options).answer : nil)
    }

    private static func dueIndex(
        _ engine: DatabaseEngine, _ options: HostOptions
    ) async throws -> (index: DueIndex, alarm: Alarm, long: DueIndex, longAlarm: Alarm) {
        // Nothing in it is sealed: it holds names of tenants and moments.
        let database = try engine.database(
            at: options.data + "/host.sqlite", sealer: TenantSealer(), hasOwnWriter: true)
        _ = try await database.migrate(.host, [MigrationStep(id: DueIndex.migration.id, sql: DueIndex.migration.sql)])
        let alarm = Alarm()
        let index = DueIndex(database) { alarm.ring() }
        try await index.load()
        let longAlarm = Alarm()
        let long = DueIndex(database, kind: "long/") { longAlarm.ring() }
        try await long.load()
        return (index, alarm, long, longAlarm)
    }

    /// Makes a tenant's place, with a database whose groups lower the due index before they commit.
    private static func slots(
        _ engine: DatabaseEngine, _ options: HostOptions, _ due: DueIndex, _ long: DueIndex,
        _ log: any LogSink
    ) -> @Sendable (String) throws -> TenantSlot {
        let numbers = TenantNumbers()
        var live = HubRules(clock: options.clock, log: log)
        live.connectionsPerPerson *= options.rateLimitScale
        let rules = live
        return { slug in
            let folder = options.data + "/" + slug
            try DataFolder.make(folder)
            let (sealer, epoch) = (TenantSealer(), AuthEpoch())
            let place = HubPlace()
            let database = try engine.database(at: folder + "/tenant.sqlite", sealer: sealer) { notes in
                AuthChange.bind(notes, to: epoch)
                EventNews.bind(notes) { place.hub?.wake() }
                let moments = notes.compactMap { ($0 as? WorkDue)?.at }
                if let earliest = moments.min() { try due.lower(slug, to: earliest) }
                let longs = notes.compactMap { ($0 as? LongWorkDue)?.at }
                if let earliest = longs.min() { try long.lower(slug, to: earliest) }
            }
            let slot = TenantSlot(
                slug: slug, number: numbers.next(), database: database, sealer: sealer, epoch: epoch, live: rules)
            place.use(slot.hub)
            return slot
        }
    }

    private static func opener(
        _ set: PluginSet, _ reader: TenantReader, _ master: MasterKey, _ options: HostOptions, _ log: any LogSink,
        _ signing: WorkerPool, _ passwords: PasswordHasher, _ loops: Int, _ spareKeys: SpareKeyPool,
        _ filing: WorkerPool, _ working: WorkerPool, _ certificates: HostCertificates?, _ issuers: IssuerKeys,
        _ drivers: ChannelDrivers,
        _ webhooks: WebhookMeans, _ peers: PeerMeans
    ) -> TenantOpener {
        let caches = TokenCaches(loops: loops)
        let tenants = options.tenants
        let (clock, port, tlsPort, base) = (options.clock, options.port, options.tlsPort, options.baseDomain)
        return TenantOpener(
            definitions: set.definitions, owners: set.owners, reader: reader, master: master, clock: clock, log: log,
            tiers: set.tiers, topics: set.topics, hostMigrations: tenantMigrations, instance: webhooks.instance,
            breakers: breakers(clock), webhooks: webhooks, peers: peers,
            address: { entry in
                if let domain = entry.domains.first { return "https://\(domain)" }
                let name = "\(entry.slug).\(base)"
                guard let tlsPort, certificates?.table.covers(name.lowercased()) == true else {
                    return "http://\(name):\(port)"
                }
                return "https://\(name)" + (tlsPort == 443 ? "" : ":\(tlsPort)")
            },
            folder: { "\(tenants)/\($0.slug)" }, drivers: drivers,
            makeAuth: { parts in
                try await TenantAuth.load(
                    database: parts.slot.database, tenant: parts.tenant, settings: parts.settings.values.auth,
                    definitions: parts.enabled, keys: parts.keys, epoch: parts.slot.epoch, caches: caches,
                    spareKeys: spareKeys, signing: signing, passwords: passwords, secondFactor: AuthenticatorFactor(),
                    issuers: issuers,
                    now: clock.now,
                    ring: parts.slot.signingKeys
                ) { letter, origin, host in
                    try OutboxTable.addDirect(
                        letter.type, channel: letter.channel, to: letter.address, subject: letter.subject,
                        body: letter.body, expiresAt: letter.expiresAt, origin, host)
                }
            }, filing: filing, working: working, installHost: PorticoAPI.install)
    }
}

/// A tenant's hub, for its database, which is made before it.
private final class HubPlace: Sendable {
    // The hub and not the tenant's slot, since what is referred to weakly counts its references more slowly.
    private struct Found: Sendable { weak var hub: Hub? }
    private let found = Mutex(Found())
    var hub: Hub? { found.withLock { $0.hub } }
    func use(_ hub: Hub) { found.withLock { $0.hub = hub } }
}

extension Composition {
    /// A breaker for each tenant's provider of each channel, or each server that a plugin asks. With a clock that a test sets they go by that.
    private static func breakers(_ clock: any TimeSource) -> CircuitBreakers {
        clock is SystemTime ? CircuitBreakers() : CircuitBreakers(now: { clock.now.milliseconds })
    }
}

/// Numbers that no two tenants of the process share.
private final class TenantNumbers: Sendable {
    private let last = Atomic<UInt32>(0)
    func next() -> UInt32 { last.wrappingAdd(1, ordering: .relaxed).newValue }
}
