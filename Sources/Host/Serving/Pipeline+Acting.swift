import Database
import HTTPServer
import PluginAPI

extension Pipeline {
    /// For whom a caller acts.
    enum Acting {
        case oneself
        /// For the other account, as whom.
        case other(PersonID, as: Principal)
        case needsReader
    }

    /// Whether the caller may act for the account that `X-Acting-For` names (contract §9).
    ///
    /// - Throws: ``Problem`` 403, the same whether or not there is such an account.
    func acting(
        _ inbound: Inbound, _ runtime: TenantRuntime, _ endpoint: Endpoint, _ session: SessionFacts?,
        _ principal: Principal?
    ) throws(Problem) -> Acting {
        guard let range = inbound.request.header(.actingFor), let session, let principal,
            case .plugin(let position) = endpoint.owner
        else { return .oneself }
        let other = PersonID(rawValue: inbound.request.string(range))
        if other == principal.person { return .oneself }
        // The account itself, its sessions and its factors are its person's alone; a key for programs acts for its maker.
        let plugin = runtime.definitions[position]
        if plugin.isHost || session.session == nil { throw .actingForbidden }
        let isAllowed: Bool?
        do {
            isAllowed = try runtime.database.readNow(slot: inbound.request.loop.index, as: .host) {
                try ActingFor.isAllowed(principal.person, for: other, HostReader($0))
            }
        } catch {
            throw problem(of: error, inbound, runtime)
        }
        guard let isAllowed else { return .needsReader }
        guard isAllowed else { throw .actingForbidden }
        return .other(other, as: session.principal(for: plugin.id, actingFor: other))
    }
}

extension Problem {
    fileprivate static let actingForbidden = Problem(
        403, "INSUFFICIENT_PERMISSIONS", "You may not act for this account here.")
}

extension HeaderName {
    static let actingFor: HeaderName = "x-acting-for"
}
