import Database
import PluginAPI

/// The tables of one plugin in one tenant, as a call lends them to an asynchronous handler.
struct PluginStore: Store {
    let database: Database
    let owner: Owner
    let plugin: PluginDefinition
    let origin: Origin
    /// The reader's place: that of the loop the call runs on.
    let slot: Int

    func read<T: Sendable>(_ body: @escaping @Sendable (borrowing ReadTransaction) throws -> T) async throws -> T {
        let now = origin.now
        let owner = owner
        return try await database.read(slot: slot, as: owner) { session in
            try body(ReadTransaction(source: PluginReadBackend(session, owner: owner), now: now))
        }
    }

    func write<T: Sendable>(_ body: @escaping @Sendable (borrowing Transaction) throws -> T) async throws -> T {
        let (owner, plugin, origin) = (owner, plugin, origin)
        return try await database.write(as: owner) { session in
            let backend = PluginWriteBackend(session, owner: owner, plugin: plugin, origin: origin)
            return try body(Transaction(backend: backend, now: origin.now))
        }
    }
}
