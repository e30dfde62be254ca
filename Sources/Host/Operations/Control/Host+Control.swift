import Database
import PluginAPI

extension Host {
    /// Carries a command out; for a host that serves, and for one that was made for the command alone.
    public func perform(_ request: ControlRequest) async -> ControlAnswer {
        do {
            switch request {
            case .reload:
                let (reload, findings) = try await readAgain()
                let mistakes = findings.filter { $0.weight == .mistake }.map { "\n" + $0.description }.joined()
                let counts =
                    "\(reload.added.count) added, \(reload.changed.count) changed, \(reload.removed.count) removed, "
                    + "\(reload.broken.count) broken"
                return ControlAnswer(counts + mistakes, status: reload.broken.isEmpty ? 0 : 1)
            case .rotateSigningKey(let slug):
                let runtime = try await tenants.open(named: slug)
                let now = options.clock.now
                let kid = try await runtime.auth.rotateSigningKey(
                    Origin(plugin: Owner.host.id, requestID: "command", now: now))
                return ControlAnswer(
                    "\(slug): the key \(kid) signs from now on; tokens of the one before are good until they expire")
            }
        } catch let error as UnknownTenant {
            return ControlAnswer("there is no tenant \(error.slug)", status: 1)
        } catch {
            return ControlAnswer("\(error)", status: 1)
        }
    }
}
