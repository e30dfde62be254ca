import Database
import PluginAPI

/// The tables of one plugin in one tenant, as a call lends them to an asynchronous handler.
final class PluginStore: Store {
    private let database: Database
    private let owner: Owner
    private let plugin: PluginDefinition
    private let slot: Int
    private let makeOrigin: @Sendable () -> Origin

    /// - Parameters:
    ///   - slot: the reader's place: that of the loop the call runs on.
    ///   - origin: where changes come from; asked for only when the store is used.
    init(
        database: Database, owner: Owner, plugin: PluginDefinition, slot: Int, origin: @escaping @Sendable () -> Origin
    ) {
        self.database = database
        self.owner = owner
        self.plugin = plugin
        self.slot = slot
        makeOrigin = origin
    }

    func read<T: Sendable>(_ body: @escaping @Sendable (borrowing ReadTransaction) throws -> T) async throws -> T {
        let now = makeOrigin().now
        let owner = owner
        return try await database.read(slot: slot, as: owner) { session in
            try body(ReadTransaction(source: PluginReadBackend(session, owner: owner), now: now))
        }
    }

    func write<T: Sendable>(_ body: @escaping @Sendable (borrowing Transaction) throws -> T) async throws -> T {
        let (owner, plugin, origin) = (owner, plugin, makeOrigin())
        return try await database.write(as: owner) { session in
            let backend = PluginWriteBackend(session, owner: owner, plugin: plugin, origin: origin)
            return try body(Transaction(backend: backend, now: origin.now))
        }
    }
}
