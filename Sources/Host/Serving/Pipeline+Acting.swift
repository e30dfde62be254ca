import Database
import HTTPServer
import PluginAPI

extension Pipeline {
    /// Lets the caller act for the account that `X-Acting-For` names (contract §9).
    ///
    /// - Returns: false when the tenant's reader must be opened first.
    /// - Throws: ``Problem`` 403, the same whether or not there is such an account.
    func actFor(_ admitted: inout Admitted) throws(Problem) -> Bool {
        guard let range = admitted.inbound.request.header(.actingFor), let session = admitted.session,
            let principal = admitted.principal, case .plugin(let position) = admitted.endpoint.owner
        else { return true }
        let other = PersonID(rawValue: admitted.inbound.request.string(range))
        if other == principal.person { return true }
        // The account itself, its sessions and its factors are its person's alone; a key for programs acts for its maker.
        let plugin = admitted.runtime.definitions[position]
        if plugin.isHost || session.session == nil { throw .actingForbidden }
        let isAllowed: Bool?
        do {
            isAllowed = try admitted.runtime.database.readNow(slot: admitted.slot, as: .host) {
                try ActingFor.isAllowed(principal.person, for: other, HostReader($0))
            }
        } catch {
            throw problem(of: error, admitted.inbound, admitted.runtime)
        }
        guard let isAllowed else { return false }
        guard isAllowed else { throw .actingForbidden }
        admitted.act(as: session.principal(for: plugin.id, actingFor: other), for: other)
        return true
    }
}

extension Problem {
    fileprivate static let actingForbidden = Problem(
        403, "INSUFFICIENT_PERMISSIONS", "You may not act for this account here.")
}

extension HeaderName {
    static let actingFor: HeaderName = "x-acting-for"
}
