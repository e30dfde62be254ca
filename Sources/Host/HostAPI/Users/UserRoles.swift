import PluginAPI

extension Route<PorticoAPI> {
    static let giveRole = Route.post(
        PorticoAPI.base + "/users/{id}/roles", .transactional(PorticoAPI.giveRole), needs: .permission(.writeRoles),
        refuses: [HostRefusal.self], "Gives somebody a role that the caller's own cover.")

    static let takeRole = Route.delete(
        PorticoAPI.base + "/users/{id}/roles/{plugin}/{name}", .transactional(PorticoAPI.takeRole),
        needs: .permission(.writeRoles), refuses: [HostRefusal.self], "Takes a role from somebody, at once.")
}

/// A role that somebody is to have.
struct RoleGiven: Described {
    var id: PersonID
    var plugin: String
    var name: String
    var branch: String?

    static let schema = Schema.object(
        Self.init(id:plugin:name:branch:),
        Field("id", \.id, PersonID.schema, in: .path),
        Field("plugin", \.plugin, .string(1...40), note: "Whose role it is; tenant for those made here."),
        Field("name", \.name, .string(1...100)),
        Field("branch", \.branch, .optional(.string(1...100)), note: "Where it holds; everywhere when left out."))
}

/// A role that somebody is to have no more.
struct RoleTaken: Described {
    var id: PersonID
    var plugin: String
    var name: String
    var branch: String?

    static let schema = Schema.object(
        Self.init(id:plugin:name:branch:),
        Field("id", \.id, PersonID.schema, in: .path),
        Field("plugin", \.plugin, .string(1...40), in: .path),
        Field("name", \.name, .string(1...100), in: .path),
        Field("branch", \.branch, .optional(.string(1...100)), in: .query, note: "The branch where it is taken."))
}

extension PorticoAPI {
    func giveRole(_ given: RoleGiven, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> User {
        let principal = call.caller.principal
        return try tx.host { tables, origin in
            guard try People.state(of: given.id, tables) != nil else { throw Problem.notFound }
            let authority = try Authority(principal, host.definitions, tables)
            let role = RoleHeld(plugin: given.plugin, name: given.name, branch: given.branch)
            try give(role, to: given.id, authority, origin, tables)
            return try User.find(given.id, tables)
        }
    }

    func takeRole(_ taken: RoleTaken, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> User {
        let principal = call.caller.principal
        return try tx.host { tables, origin in
            try requireAuthority(of: principal, over: taken.id, "role.revoked", tables)
            let held = try Roles.held(by: taken.id, tables).first {
                $0.plugin == taken.plugin && $0.role == taken.name && $0.branch == taken.branch
            }
            guard let held else { throw Problem.notFound }
            guard try Authority(principal, host.definitions, tables).covers(held) else {
                throw HostRefusal.beyondAuthority.audited(
                    "role.revoked", on: People.subject(taken.id),
                    details: ["plugin": .string(taken.plugin), "role": .string(taken.name)])
            }
            try keepingAdministrator("role.revoked", taken.id, tables) {
                _ = try Roles.revoke(held, from: taken.id, origin, tables)
            }
            return try User.find(taken.id, tables)
        }
    }
}
