import Synchronization

/// The tenants as one event loop sees them: names, and the places found so far.
final class LoopView: Sendable {
    private struct State {
        var directory: TenantDirectory
        /// By the tenant's position in the directory.
        var slots: [TenantSlot?]
    }

    private let state: Mutex<State>

    init(_ directory: TenantDirectory) { state = Mutex(Self.fresh(directory)) }

    /// Looks tenants up in another directory from now on.
    func use(_ directory: TenantDirectory) { state.withLock { $0 = Self.fresh(directory) } }

    /// The tenant of a `Host`; nil when there is none.
    ///
    /// - Parameter find: gives the place of a tenant that this loop has not seen yet.
    func slot(_ host: Span<UInt8>, localPort: UInt16, find: (String) -> TenantSlot?) -> TenantSlot? {
        state.withLock { state in
            guard let position = state.directory.hostNames.tenant(host: host, localPort: localPort) else { return nil }
            if let slot = state.slots[position] { return slot }
            let slot = find(state.directory.tenants[position].slug)
            state.slots[position] = slot
            return slot
        }
    }

    private static func fresh(_ directory: TenantDirectory) -> State {
        State(directory: directory, slots: Array(repeating: nil, count: directory.tenants.count))
    }
}
