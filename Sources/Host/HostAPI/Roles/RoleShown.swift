import PluginAPI

/// A role that people of this portal can have.
struct RoleShown: Described {
    /// The plugin that declares it; `tenant` for those made here.
    var plugin: String
    var name: String
    var summary: String
    var permissions: [TenantAllowance]
    var administersTenant: Bool
    /// Whether it was made here and can be changed.
    var isOwn: Bool

    static let schema = Schema.object(
        Self.init(plugin:name:summary:permissions:administersTenant:isOwn:),
        Field("plugin", \.plugin, .string(1...40), note: "Whose role it is; tenant for those made here."),
        Field("name", \.name, .string(1...100)),
        Field("summary", \.summary, .string(0...500)),
        Field("permissions", \.permissions, .list(TenantAllowance.schema)),
        Field("administersTenant", \.administersTenant, .bool, note: "Whether its holders run the portal itself."),
        Field("isOwn", \.isOwn, .bool, note: "Whether it was made here and can be changed."))
}

extension RoleShown {
    init(_ role: Role, of plugin: String) {
        self.init(
            plugin: plugin, name: role.name, summary: role.summary,
            permissions: role.allows.map {
                TenantAllowance(plugin: plugin, permission: $0.permission.name, scope: $0.scope)
            }, administersTenant: role.administersTenant, isOwn: false)
    }

    init(_ role: TenantRole) {
        self.init(
            plugin: TenantRoles.owner, name: role.name, summary: role.summary, permissions: role.allows,
            administersTenant: false, isOwn: true)
    }
}
