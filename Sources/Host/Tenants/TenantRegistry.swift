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
    private let uses = Atomic<UInt64>(0)
    /// Tenants that stay open at once; beyond, those unused for longest are let go. Their files have a budget of their own.
    private let openLimit: Int

    /// - Parameter makeSlot: gives a tenant its database; called once for each tenant that is ever used.
    init(
        _ directory: TenantDirectory, opener: TenantOpener, openLimit: Int = 2000,
        makeSlot: @escaping @Sendable (String) throws -> TenantSlot
    ) {
        self.openLimit = max(1, openLimit)
        self.directory = Mutex(directory)
        self.opener = opener
        self.makeSlot = makeSlot
    }

    /// The directory as it is now.
    var current: TenantDirectory { directory.withLock { $0 } }

    /// The tenant a request is for, by its `Host`, in the demo also by the port; nil when there is none.
    func slot(of request: Request) -> TenantSlot? {
        let found = directory.withLock { directory in
            let host = request.host.map { request.bytes[$0] } ?? []
            return directory.hostNames.tenant(host: host.span, localPort: request.localPort).map {
                directory.tenants[$0].slug
            }
        }
        guard let slot = found.flatMap({ try? slot(named: $0) }) else { return nil }
        slot.touch(uses.wrappingAdd(1, ordering: .relaxed).newValue)
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
        let runtime = try await slot.open { [self] in try await opener.open(slot, try entry(of: slot.slug)) }
        slot.touch(uses.wrappingAdd(1, ordering: .relaxed).newValue)
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

    /// Reads the folder again: tenants that changed are made anew, those that are gone answer no more.
    func reload() async throws -> (reload: TenantReload, findings: [Finding]) {
        let (fresh, reload) = try current.reloaded()
        directory.withLock { $0 = fresh }
        for slug in reload.changed {
            let known = slots.withLock { $0[slug] }
            guard let slot = known, slot.runtime != nil else { continue }
            slot.replace(with: try await opener.open(slot, try entry(of: slug)))
        }
        for slug in reload.removed { slots.withLock { $0[slug] }?.close() }
        return (reload, fresh.findings)
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
