import Crypto
import Database
import HTTPServer
import PluginAPI
import Workers

/// Makes a tenant's runtime: tables brought up to date, keys unwrapped, settings decoded, plugins made.
struct TenantOpener: Sendable {
    let definitions: [PluginDefinition]
    let owners: [Owner]
    let reader: TenantReader
    let master: MasterKey
    let clock: any TimeSource
    let log: any LogSink
    let tiers: TierPolicies
    let topics: TopicCatalogue
    let hostMigrations: [Migration]
    /// Names this run of the host.
    let instance: String
    /// Of the providers of every tenant.
    let breakers: CircuitBreakers
    /// What the webhooks of all tenants share.
    let webhooks: WebhookMeans
    /// What the plugins of all tenants share to ask other people's servers.
    let peers: PeerMeans
    /// The address of a tenant as its people write it: `http://lumen.localhost:8080`.
    let address: @Sendable (TenantEntry) -> String
    /// Where a tenant's `tenant.json` is.
    let folder: @Sendable (TenantEntry) -> String
    let drivers: ChannelDrivers
    let makeAuth: @Sendable (TenantParts) async throws -> TenantAuth
    /// Where files are read, written and sealed.
    let filing: WorkerPool
    /// Where plugins do what keeps a processor busy.
    let working: WorkerPool
    /// Makes the instance of the host's own API.
    let installHost: @Sendable (Services, HostServices) -> any InstalledPlugin

    /// What a tenant's sign-in is made from.
    struct TenantParts: Sendable {
        let slot: TenantSlot
        let tenant: Tenant
        let settings: TenantSettings
        let keys: TenantKeys
        let enabled: [PluginDefinition]
    }

    /// - Parameter remake: makes the runtime anew, for what changes settings while the tenant is open.
    func open(
        _ slot: TenantSlot, _ entry: TenantEntry, remake: @escaping @Sendable () async throws -> Void
    ) async throws -> TenantRuntime {
        let now = clock.now
        try await migrate(slot.database, .host, hostMigrations)
        let keys = try await TenantKeyTable.load(slot.database, tenant: slot.slug, master: master, now: now)
        slot.sealer.use(keys)
        let overlay = try await slot.database.write(as: .host) { try OverlayTable.load(HostWriter($0)) }
        let settings = try TenantSettings(content: entry.content, overlay: overlay, reader: reader)
        let values = settings.values
        let tenant = Tenant(
            slug: slot.slug, name: values.name, zone: values.zone, language: values.language, origin: address(entry))
        let enabled = definitions.filter { $0.isHost || settings.document(ofPlugin: $0.id) != nil }
        let auth = try await makeAuth(
            TenantParts(slot: slot, tenant: tenant, settings: settings, keys: keys, enabled: enabled))
        let files = TenantFiles(
            tenant, values.files, slot.database, keys, slot.writing, filing, lane: UInt64(slot.number), log: log)
        let host = HostServices(
            settings: settings, content: entry.content, reader: reader, definitions: enabled, auth: auth,
            database: slot.database, hub: slot.hub, files: files, webhooks: WebhookDoor(),
            webhookTarget: webhooks.target,
            requests: slot.requests, remake: remake)
        let plugins = try await install(
            settings, tenant, host, TenantThreads(pool: working, lane: UInt64(slot.number)), folder: folder(entry),
            lane: UInt64(slot.number))
        try await plan(plugins, slot.database, now: now)
        let sending = TenantWebhooks(
            tenant: tenant, number: slot.number, database: slot.database, plugins: plugins,
            schedule: values.webhooks.retryScheduleSeconds, means: webhooks,
            log: TenantLog(log, tenant: slot.slug, plugin: Owner.host.id), send: auth.send)
        host.webhooks.use(sending)
        return TenantRuntime(
            tenant: tenant, settings: settings, plugins: plugins, definitions: definitions, owners: owners, slot: slot,
            tiers: tiers.limits(values.limits.tiers), auth: auth,
            dispatcher: try dispatcher(tenant, entry, values, enabled, slot.database, keys),
            live: LiveView(
                auth: auth, catalogue: topics, isServing: values.state != .suspended, plugins: plugins,
                log: TenantLog(log, tenant: slot.slug, plugin: Owner.host.id)),
            files: files,
            webhooks: sending,
            runs: PluginRuns(
                zip(definitions, plugins).compactMap { definition, plugin in plugin.map { (definition.id, $0) } },
                tenant: slot.slug, log: log))
    }

    private func migrate(_ database: Database, _ owner: Owner, _ migrations: [Migration]) async throws {
        _ = try await database.migrate(owner, migrations.map { MigrationStep(id: $0.id, sql: $0.sql) })
    }

    /// The enabled plugins' tables and instances, in the process's order.
    private func install(
        _ settings: TenantSettings, _ tenant: Tenant, _ host: HostServices, _ threads: TenantThreads,
        folder: String, lane: UInt64
    ) async throws -> [(any InstalledPlugin)?] {
        var plugins: [(any InstalledPlugin)?] = []
        for (position, definition) in definitions.enumerated() {
            let log = TenantLog(log, tenant: tenant.slug, plugin: definition.id)
            func services(_ content: [ContentFile]) -> Services {
                Services(
                    tenant: tenant, log: log, clock: clock, zones: .system, threads: threads,
                    peers: TenantPeers(peers, tenant: tenant.slug, plugin: definition.id, folder: folder, log: log),
                    sha256: { SHA256.hash($0).bytes }, content: content,
                    pictures: TenantPictures(folder: folder, plugin: definition.id, pool: filing, lane: lane))
            }
            if definition.isHost {
                plugins.append(installHost(services([]), host))
                continue
            }
            guard let document = settings.document(ofPlugin: definition.id) else {
                plugins.append(nil)
                continue
            }
            try await migrate(host.database, owners[position], definition.migrations)
            // Read when it is needed and not kept with every tenant of the node; what is no text was told at the reload.
            let content = try await filing.run(for: lane) { TenantContent.files(of: definition.id, in: folder) }
            plugins.append(try definition.install(.json(document.root), services(content)))
        }
        return plugins
    }

    /// Repeating jobs that are not planned yet, and the places of new listeners.
    private func plan(_ plugins: [(any InstalledPlugin)?], _ database: Database, now: Instant) async throws {
        let (definitions, instance) = (definitions, instance)
        try await database.write(as: .host) { session in
            let host = HostWriter(session)
            try DeliveryTable.endLeases(exceptOf: instance, now: now, host)
            try WebhookTable.endLeases(exceptOf: instance, now: now, host)
            for job in HostJob.all {
                guard let rule = job.rule else { continue }
                try JobTable.ensure(job.name, at: rule.next(after: now), plugin: Owner.host.id, host)
            }
            for (position, plugin) in plugins.enumerated() {
                guard let plugin else { continue }
                let definition = definitions[position]
                for (number, job) in definition.jobs.enumerated() where job.repeats {
                    guard let rule = plugin.rule(ofJob: number) else { continue }
                    try JobTable.ensure(job.name, at: rule.next(after: now), plugin: definition.id, host)
                }
                for listener in definition.listeners {
                    try EventTable.ensureListener(listener.event, plugin: definition.id, host)
                }
            }
        }
    }

    private func dispatcher(
        _ tenant: Tenant, _ entry: TenantEntry, _ values: TenantFile, _ enabled: [PluginDefinition],
        _ database: Database, _ keys: TenantKeys
    ) throws -> Dispatcher {
        let place = ChannelDrivers.Place(
            tenant: tenant, name: values.branding.name ?? values.name, folder: folder(entry), database: database)
        var chosen: [Channel: any MessageDriver] = [:]
        for channel in Channel.allCases {
            chosen[channel] = try drivers.driver(for: channel, values.channels[channel], at: place)
        }
        let renderer = MessageRenderer(
            tenant: tenant, branding: values.branding, templates: entry.templates,
            isPrivate: values.messaging.privateContent)
        let notices = enabled.map { plugin in
            (plugin.id, Dictionary(plugin.notices.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first }))
        }
        return Dispatcher(
            tenant: tenant, database: database, instance: instance, renderer: renderer, drivers: chosen,
            notices: Dictionary(notices, uniquingKeysWith: { first, _ in first }), settings: values.delivery,
            breakers: breakers, links: MessageLinks(origin: tenant.origin, keys: keys),
            tracksUse: values.messaging.tracking)
    }
}
