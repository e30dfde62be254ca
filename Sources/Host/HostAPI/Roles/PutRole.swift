import PluginAPI

extension Route<PorticoAPI> {
    static let putRole = Route.put(
        PorticoAPI.base + "/roles/{name}", .transactional(PorticoAPI.putRole), needs: .permission(.writeRoles),
        refuses: [HostRefusal.self],
        "Makes a role from declared permissions, or another of what it was; whoever has it holds that at once.")

    static let deleteRole = Route.delete(
        PorticoAPI.base + "/roles/{name}", .transactional(PorticoAPI.deleteRole), needs: .permission(.writeRoles),
        refuses: [HostRefusal.self], "Removes a role made here that nobody has.")
}

/// A role that is to be.
struct RoleMade: Described {
    var name: String
    var summary: String
    var permissions: [TenantAllowance]

    static let schema = Schema.object(
        Self.init(name:summary:permissions:),
        Field("name", \.name, .string(1...100), in: .path),
        Field("summary", \.summary, .string(0...500), default: ""),
        Field("permissions", \.permissions, .list(TenantAllowance.schema, 1...200)))
}

/// The input of routes about one role made here.
struct RoleNamed: Described {
    var name: String
    static let schema = Schema.object(Self.init(name:), Field("name", \.name, .string(1...100), in: .path))
}

extension PorticoAPI {
    func putRole(_ made: RoleMade, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> RoleShown {
        let mistakes = mistakes(of: made.permissions)
        guard mistakes.isEmpty else { throw Problem.invalid(mistakes) }
        let principal = call.caller.principal
        return try tx.host { tables, origin in
            let role = TenantRole(name: made.name, summary: made.summary, allows: made.permissions)
            let before = try TenantRoles.role(made.name, tables)
            let authority = try Authority(principal, host.definitions, tables)
            // Who takes a permission out of a role takes it from its holders.
            for role in [role, before].compactMap({ $0 }) where !authority.covers(HeldRole(role)) {
                throw HostRefusal.beyondAuthority.audited("tenant-role.changed", on: Subject("role", id: made.name))
            }
            if before == nil, try TenantRoles.all(tables).count >= TenantRoles.limit { throw HostRefusal.tooManyRoles }
            try TenantRoles.put(role, origin, tables)
            return RoleShown(role)
        }
    }

    func deleteRole(_ named: RoleNamed, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> NoContent {
        let principal = call.caller.principal
        return try tx.host { tables, origin in
            guard let role = try TenantRoles.role(named.name, tables) else { throw Problem.notFound }
            guard try Authority(principal, host.definitions, tables).covers(HeldRole(role)) else {
                throw HostRefusal.beyondAuthority.audited("tenant-role.removed", on: Subject("role", id: named.name))
            }
            guard try TenantRoles.remove(named.name, origin, tables) else { throw HostRefusal.roleInUse }
            return NoContent()
        }
    }

    /// What the catalogue does not hold.
    private func mistakes(of allows: [TenantAllowance]) -> [Mistake] {
        allows.enumerated().flatMap { index, allowance -> [Mistake] in
            let path: [Mistake.Step] = [.name("permissions"), .index(index)]
            guard let plugin = host.definitions.first(where: { $0.id == allowance.plugin }) else {
                return [Mistake(path + [.name("plugin")], .notAllowed, "must be a plugin of this portal")]
            }
            let permission = Permission(allowance.permission)
            guard plugin.permissions.contains(where: { permission.covers($0) }) else {
                return [
                    Mistake(path + [.name("permission")], .notAllowed, "must cover a permission of \(plugin.id)")
                ]
            }
            guard !plugin.isHost || allowance.scope == .tenant else {
                return [Mistake(path + [.name("scope")], .notAllowed, "must be tenant for what runs the portal")]
            }
            return []
        }
    }
}

extension HeldRole {
    /// A tenant's role as if held everywhere.
    fileprivate init(_ role: TenantRole) {
        self.init(plugin: TenantRoles.owner, role: role.name, allows: role.allows)
    }
}
