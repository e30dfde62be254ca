import PluginAPI

extension Route<PorticoAPI> {
    static let signOutUser = Route.post(
        PorticoAPI.base + "/users/{id}/sign-out", .transactional(PorticoAPI.signOutUser),
        needs: .permission(.writeUsers), status: 204, refuses: [HostRefusal.self],
        "Ends every session of somebody, at once.")
}

extension PorticoAPI {
    func signOutUser(_ named: UserNamed, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> NoContent {
        let principal = call.caller.principal
        return try tx.host { tables, origin in
            try requireAuthority(of: principal, over: named.id, "session.ended", tables)
            try Sessions.endAll(of: named.id, reason: "administrator", origin, tables)
            return NoContent()
        }
    }
}
