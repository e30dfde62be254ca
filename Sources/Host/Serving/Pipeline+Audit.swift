import Database
import HTTPServer
import PluginAPI

extension Pipeline {
    /// Keeps what was tried and refused, in a transaction of its own, since that of the act is undone.
    func keep(_ entry: AuditEntry, _ admitted: Admitted) async {
        guard case .plugin(let position) = admitted.endpoint.owner else { return }
        let origin = admitted.head.origin(plugin: admitted.runtime.definitions[position].id)
        await keep(entry, origin, admitted.runtime)
    }

    private func keep(_ entry: AuditEntry, _ origin: Origin, _ runtime: TenantRuntime) async {
        do {
            try await runtime.database.write(as: .host) { try AuditTable.append(entry, origin, HostWriter($0)) }
        } catch {
            log.write(
                .error, "a refusal could not be kept in the audit log", tenant: runtime.tenant.slug,
                requestID: origin.requestID, ["error": .text("\(error)"), "action": .text(entry.action)])
        }
    }

    /// Keeps that somebody who is signed in was not let in for want of a permission; at most so often for one person that
    /// nobody fills the log with it.
    func keepDenial(_ admitted: Admitted) async {
        guard let person = admitted.principal?.person, let policy = denials else { return }
        let inbound = admitted.inbound
        let verdict = limits.check(
            policy, tenant: admitted.runtime.number, key: .text(person.rawValue), now: inbound.now)
        guard verdict.problem == nil else { return }
        let method = inbound.request.string(inbound.request.methodRange)
        var details = JSON.Members()
        if let other = inbound.header(.actingFor) { details["actingFor"] = .string(String(other.prefix(64))) }
        await keep(
            AuditEntry(
                "access.denied", on: Subject("route", id: "\(method) \(admitted.endpoint.template)"),
                outcome: .refused, details: .object(details)), admitted)
    }
}
