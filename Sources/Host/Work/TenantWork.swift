import Database
import PluginAPI

/// Does everything that is due in one open tenant: jobs, events for listeners, messages.
struct TenantWork: TenantTurn {
    let runtime: TenantRuntime
    let log: any Log

    /// Rounds in one go; what is left then waits for the tenant's next turn, so that one tenant's flood does not keep
    /// the others waiting.
    private static let rounds = 20

    func run(clock: any TimeSource) async throws {
        await rotateKeys(now: clock.now)
        for _ in 0..<Self.rounds {
            let now = clock.now
            let jobs = try await JobRunner(runtime: runtime, log: log).runDue(now: now)
            let events = try await ListenerRunner(runtime: runtime, log: log).deliverDue(now: now)
            let messages = try await runtime.dispatcher.sendDue(now: now)
            let webhooks = try await runtime.webhooks.workDue(now: now)
            if jobs + events + messages + webhooks == 0 { return }
        }
    }

    /// Lets another key sign where it is time. The housekeeping of every day brings each tenant here, so it is seen in time;
    /// what fails is tried again at the next turn.
    private func rotateKeys(now: Instant) async {
        let origin = Origin(plugin: Owner.host.id, requestID: "schedule", now: now)
        do { try await runtime.auth.rotateSigningKeyIfDue(origin) } catch {
            log.write(.error, "the signing key could not be rotated", ["error": "\(error)"])
        }
    }

    func nextDue(now: Instant) async throws -> Instant? {
        let listeners = ListenerRunner(runtime: runtime, log: log).listeners
        let webhooks = runtime.webhooks
        return try await runtime.database.write(as: .host) { session in
            let host = HostWriter(session)
            var moments = [
                try JobTable.nextDue(host), try OutboxTable.nextDue(host), try DeliveryTable.nextDue(host),
                try webhooks.nextDue(now: now, host),
            ]
            for (plugin, event) in listeners {
                moments.append(try EventTable.nextMoment(for: event, plugin: plugin, host))
            }
            return moments.compactMap { $0 }.min()
        }
    }
}
