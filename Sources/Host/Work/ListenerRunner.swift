import Database
import PluginAPI

/// Hands events to the listeners of one tenant's plugins, each in order and each in a transaction of its own.
struct ListenerRunner: Sendable {
    let runtime: TenantRuntime
    let log: any Log

    /// Events handed over in one go to one listener.
    private static let batch = 32

    /// The listeners of the enabled plugins.
    var listeners: [(plugin: String, event: String)] {
        runtime.definitions.enumerated().flatMap { position, definition in
            runtime.plugins[position] == nil ? [] : definition.listeners.map { (definition.id, $0.event) }
        }
    }

    /// - Returns: how many events were tried.
    func deliverDue(now: Instant) async throws -> Int {
        var tried = 0
        for (position, definition) in runtime.definitions.enumerated() {
            guard let plugin = runtime.plugins[position] else { continue }
            for (number, listener) in definition.listeners.enumerated() {
                for _ in 0..<Self.batch {
                    guard try await deliverNext(listener.event, number, position, plugin, now: now) else { break }
                    tried += 1
                }
            }
        }
        return tried
    }

    /// - Returns: whether there was an event to hand over.
    private func deliverNext(
        _ event: String, _ listener: Int, _ position: Int, _ plugin: any InstalledPlugin, now: Instant
    ) async throws -> Bool {
        let runtime = runtime
        let definition = runtime.definitions[position]
        let found = try await runtime.database.write(as: .host) {
            try EventTable.next(for: event, plugin: definition.id, now: now, HostWriter($0))
        }
        guard let row = found else { return false }
        do {
            let payload = try JSONDocument(row.payload)
            let origin = Origin(plugin: definition.id, requestID: row.requestID, now: now)
            let context = WorkContext(tenant: runtime.tenant, requestID: row.requestID, attempt: row.attempts + 1)
            try await runtime.database.write(as: runtime.owners[position]) { session in
                guard try EventTable.advance(event, plugin: definition.id, past: row.id, HostWriter(session)) else {
                    return
                }
                let backend = PluginWriteBackend(
                    session, owner: runtime.owners[position], plugin: definition, origin: origin)
                try plugin.deliver(listener: listener, payload, Transaction(backend: backend, now: now), context)
            }
        } catch let error as StoreError where error.kind == .closed || error.kind == .overloaded {
            throw error
        } catch {
            log.write(.error, "a listener failed", ["plugin": definition.id, "event": event, "error": "\(error)"])
            try await runtime.database.write(as: .host) {
                try EventTable.fail(
                    event, plugin: definition.id, attempts: row.attempts + 1, "\(error)", now: now, HostWriter($0))
            }
        }
        return true
    }
}
