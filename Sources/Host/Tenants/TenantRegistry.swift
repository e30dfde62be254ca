import Database
import HTTPServer
import PluginAPI
import Synchronization

/// The tenants of the process: which there are, which are open, and how they open.
final class TenantRegistry: Sendable {
    private let directory: Mutex<TenantDirectory>
    private let slots = Mutex<[String: TenantSlot]>([:])
    private let opener: TenantOpener
    private let makeSlot: @Sendable (String) throws -> TenantSlot
    /// What each event loop looks tenants up in, so that loops do not wait for each other.
    private let views: [LoopView]
    /// Tenants that stay open at once; beyond, those unused for longest are let go. Their files have a budget of their own.
    private let openLimit: Int

    /// - Parameter makeSlot: gives a tenant its database; called once for each tenant that is ever used.
    init(
        _ directory: TenantDirectory, loops: Int, opener: TenantOpener, openLimit: Int = 2000,
        makeSlot: @escaping @Sendable (String) throws -> TenantSlot
    ) {
        self.openLimit = max(1, openLimit)
        self.directory = Mutex(directory)
        self.opener = opener
        self.makeSlot = makeSlot
        views = (0..<max(1, loops)).map { _ in LoopView(directory) }
    }

    /// The directory as it is now.
    var current: TenantDirectory { directory.withLock { $0 } }

    /// The tenant a request is for, by its `Host`, in the demo also by the port; nil when there is none.
    func slot(of request: Request) -> TenantSlot? {
        guard let host = request.host, !views.isEmpty else { return nil }
        let slot = views[request.loop.index % views.count].slot(
            request.bytes[host].span, localPort: request.localPort
        ) { try? self.slot(named: $0) }
        return slot
    }

    /// A tenant's place.
    ///
    /// - Throws: ``UnknownTenant``, or what making its database throws.
    func slot(named slug: String) throws -> TenantSlot {
        try slots.withLock { slots in
            if let slot = slots[slug] { return slot }
            let slot = try makeSlot(slug)
            slots[slug] = slot
            return slot
        }
    }

    /// A tenant's runtime, opened if it is not.
    func open(_ slot: TenantSlot) async throws -> TenantRuntime {
        if let runtime = slot.runtime { return runtime }
        let runtime = try await slot.open { [self] in try await make(slot) }
        closeUnused()
        return runtime
    }

    /// Lets the tenants go that were unused for longest, a tenth at once so that it is not looked for at every opening.
    private func closeUnused() {
        slots.withLock { slots in
            let open = slots.values.filter { $0.runtime != nil }
            guard open.count > openLimit else { return }
            let surplus = open.count - openLimit + openLimit / 10
            for slot in open.sorted(by: { $0.lastTouched < $1.lastTouched }).prefix(surplus) { slot.close() }
        }
    }

    func open(named slug: String) async throws -> TenantRuntime {
        guard current.position(of: slug) != nil else { throw UnknownTenant(slug: slug) }
        return try await open(try slot(named: slug))
    }

    /// Reads the folder again: tenants that changed are made anew, those that are gone answer no more. One that cannot be
    /// made anew, e.g. because a migration fails, serves on as it was, and the log says why.
    ///
    /// - Throws: ``FileFault`` when the folder cannot be read; then nothing has changed.
    func reload() async throws -> (reload: TenantReload, findings: [Finding]) {
        let (fresh, reload) = try current.reloaded()
        directory.withLock { $0 = fresh }
        for view in views { view.use(fresh) }
        // One that is new may have been here before, and still be opening as it was then.
        for slug in reload.changed + reload.added {
            let known = slots.withLock { $0[slug] }
            guard let slot = known, !slot.isClosed else { continue }
            await renew(slot)
        }
        for slug in reload.removed {
            guard let slot = slots.withLock({ $0[slug] }) else { continue }
            slot.close()
            slot.hub.closeAll()
        }
        return (reload, fresh.findings)
    }

    /// Makes a tenant's runtime anew, e.g. because its settings have changed; requests in flight finish with the old one.
    ///
    /// - Throws: what opening it throws; then it serves on as it was.
    func remake(_ slot: TenantSlot) async throws {
        // What is opening may have begun with the old settings.
        _ = try await open(slot)
        let turn = slot.nextTurn()
        slot.replace(with: try await make(slot), turn: turn)
    }

    private func make(_ slot: TenantSlot) async throws -> TenantRuntime {
        try await opener.open(slot, try entry(of: slot.slug)) { [weak self] in try await self?.remake(slot) }
    }

    private func renew(_ slot: TenantSlot) async {
        do { try await remake(slot) } catch {
            opener.log.write(
                .error, "a tenant could not be made anew", tenant: slot.slug, ["error": .text("\(error)")])
        }
    }

    /// Stores what was counted of every tenant's requests; for when the process stops.
    func keepTallies() async {
        for slot in slots.withLock({ Array($0.values) }) {
            do { try await slot.requests.store() } catch {
                opener.log.write(
                    .warning, "requests that were counted could not be stored", tenant: slot.slug,
                    ["error": .text("\(error)")])
            }
        }
    }

    private func entry(of slug: String) throws -> TenantEntry {
        let directory = current
        guard let position = directory.position(of: slug) else { throw UnknownTenant(slug: slug) }
        return directory.tenants[position]
    }
}

/// There is no tenant of this name.
struct UnknownTenant: Error {
    let slug: String
}
