import PluginAPI

extension PorticoAPI {
    /// A role as it is declared or made here, with what it allows; nil when there is none.
    func known(_ role: RoleHeld, _ tables: some Queries) throws(StoreError) -> HeldRole? {
        if role.plugin == TenantRoles.owner {
            return try TenantRoles.role(role.name, tables).map {
                HeldRole(plugin: role.plugin, role: role.name, branch: role.branch, allows: $0.allows)
            }
        }
        let isDeclared = host.definitions.contains { plugin in
            plugin.id == role.plugin && plugin.roles.contains { $0.name == role.name }
        }
        return isDeclared ? HeldRole(plugin: role.plugin, role: role.name, branch: role.branch) : nil
    }

    /// Gives a role to somebody.
    ///
    /// - Parameter path: where the role stands in the request.
    /// - Throws: ``Problem`` 400 when there is no such role; ``AuditedRefusal`` when it allows more than the giver may.
    func give(
        _ role: RoleHeld, to person: PersonID, _ authority: Authority, at path: [Mistake.Step] = [], _ origin: Origin,
        _ tables: HostWriter
    ) throws {
        guard let known = try known(role, tables) else {
            throw Problem.invalid([Mistake(path + [.name("name")], .notAllowed, "must be a role of this portal")])
        }
        guard authority.covers(known) else {
            throw HostRefusal.beyondAuthority.audited(
                "role.granted", on: People.subject(person),
                details: ["plugin": .string(role.plugin), "role": .string(role.name)])
        }
        try Roles.grant(role.name, of: role.plugin, to: person, branch: role.branch, origin, tables)
    }

    /// Checks that somebody may change or shut out another person, who must exist.
    ///
    /// - Throws: ``Problem`` 404; ``AuditedRefusal`` when the other holds more.
    func requireAuthority(
        of principal: Principal, over person: PersonID, _ action: String, _ tables: HostWriter
    ) throws {
        guard try People.state(of: person, tables) != nil else { throw Problem.notFound }
        guard person != principal.person else { return }
        guard try Authority(principal, host.definitions, tables).covers(everythingOf: person, tables) else {
            throw HostRefusal.beyondAuthority.audited(action, on: People.subject(person))
        }
    }

    /// Does something to a person after which somebody must be left who runs the tenant.
    func keepingAdministrator<T>(
        _ action: String, _ person: PersonID, _ tables: HostWriter, _ body: () throws -> T
    ) throws -> T {
        do {
            return try Administrators.keepingOne(host.definitions, tables, body)
        } catch is LastAdministrator {
            throw HostRefusal.lastAdministrator.audited(action, on: People.subject(person))
        }
    }
}
