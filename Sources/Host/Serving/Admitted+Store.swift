import Database
import HTTPServer
import PluginAPI

/// The tables of the plugin that a request is for, as a call lends them to an asynchronous handler.
extension Admitted.Head: Store {
    func read<T: Sendable>(_ body: @escaping @Sendable (borrowing ReadTransaction) throws -> T) async throws -> T {
        let (owner, now) = (try plugin().owner, inbound.now)
        return try await runtime.database.read(slot: inbound.request.loop.index, as: owner) { session in
            try body(ReadTransaction(source: PluginReadBackend(session, owner: owner), now: now))
        }
    }

    func write<T: Sendable>(_ body: @escaping @Sendable (borrowing Transaction) throws -> T) async throws -> T {
        let (owner, definition) = try plugin()
        let origin = origin(plugin: definition.id)
        return try await runtime.database.write(as: owner) { session in
            let backend = PluginWriteBackend(session, owner: owner, plugin: definition, origin: origin)
            return try body(Transaction(backend: backend, now: origin.now))
        }
    }

    private func plugin() throws -> (owner: Owner, definition: PluginDefinition) {
        guard case .plugin(let position) = endpoint.owner else {
            throw StoreError(.misuse, "only a plugin's calls have a store")
        }
        return (runtime.owners[position], runtime.definitions[position])
    }
}
