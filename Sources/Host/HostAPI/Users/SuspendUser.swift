import PluginAPI

extension Route<PorticoAPI> {
    static let suspendUser = Route.post(
        PorticoAPI.base + "/users/{id}/suspend", .transactional(PorticoAPI.suspendUser),
        needs: .permission(.writeUsers), status: 200, refuses: [HostRefusal.self],
        "Shuts somebody out at once: no session goes on and none begins.")

    static let activateUser = Route.post(
        PorticoAPI.base + "/users/{id}/activate", .transactional(PorticoAPI.activateUser),
        needs: .permission(.writeUsers), status: 200, refuses: [HostRefusal.self], "Lets somebody in again.")
}

extension PorticoAPI {
    func suspendUser(_ named: UserNamed, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> User {
        let principal = call.caller.principal
        return try tx.host { tables, origin in
            guard named.id != principal.person else { throw HostRefusal.oneself }
            try requireAuthority(of: principal, over: named.id, "person.suspended", tables)
            try keepingAdministrator("person.suspended", named.id, tables) {
                try People.setState(.suspended, of: named.id, origin, tables)
                // Sessions of before must not come to life again with the account.
                try Sessions.endAll(of: named.id, reason: "suspended", origin, tables)
            }
            return try User.find(named.id, tables)
        }
    }

    func activateUser(_ named: UserNamed, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> User {
        let principal = call.caller.principal
        return try tx.host { tables, origin in
            try requireAuthority(of: principal, over: named.id, "person.active", tables)
            try People.setState(.active, of: named.id, origin, tables)
            return try User.find(named.id, tables)
        }
    }
}
