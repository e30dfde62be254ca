import PluginAPI

extension Route<PorticoAPI> {
    static let removeSecondFactor = Route.delete(
        PorticoAPI.base + "/users/{id}/2fa", .transactional(PorticoAPI.removeSecondFactor),
        needs: .permission(.writeUsers), refuses: [HostRefusal.self],
        "Takes somebody's second factor off who has lost it: ends every session of theirs, and tells them by mail.")
}

extension PorticoAPI {
    func removeSecondFactor(
        _ named: UserNamed, _ tx: borrowing Transaction, _ call: Call<Member>
    ) throws -> NoContent {
        let principal = call.caller.principal
        return try tx.host { tables, origin in
            try requireAuthority(of: principal, over: named.id, "second-factor.removed", tables)
            // Whoever holds a session of somebody's must not come past the code that their own way asks for.
            guard named.id != principal.person else { throw HostRefusal.ownSecondFactor }
            guard try host.auth.removeFactor(of: named.id, origin, tables) else { throw Problem.notFound }
            return NoContent()
        }
    }
}
