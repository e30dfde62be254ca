import PluginAPI

extension Route<PorticoAPI> {
    static let listRoles = Route.get(
        PorticoAPI.base + "/roles", .reading(PorticoAPI.listRoles), needs: .permission(.readRoles),
        "The roles of the portal's plugins, then those made here.")
}

extension PorticoAPI {
    func listRoles(_ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> Page<RoleShown> {
        let declared = host.definitions.flatMap { plugin in plugin.roles.map { RoleShown($0, of: plugin.id) } }
        let roles = try tx.host { declared + (try TenantRoles.all($0)).map { RoleShown($0) } }
        return Page(roles, PageNumbers(page: 1, limit: max(1, roles.count), total: roles.count))
    }
}
