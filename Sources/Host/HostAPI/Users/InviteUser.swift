import PluginAPI

extension Route<PorticoAPI> {
    static let inviteUser = Route.post(
        PorticoAPI.base + "/users/{id}/invite", .transactional(PorticoAPI.inviteUser), needs: .permission(.writeUsers),
        status: 204, refuses: [HostRefusal.self],
        "Mails somebody a link to choose a password with; a former link is void.")
}

extension PorticoAPI {
    func inviteUser(_ named: UserNamed, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> NoContent {
        let principal = call.caller.principal
        return try tx.host { tables, origin in
            try requireAuthority(of: principal, over: named.id, "person.invited", tables)
            guard try host.auth.invite(named.id, origin, tables) else { throw HostRefusal.notInvited }
            return NoContent()
        }
    }
}
