import PluginAPI

extension Route<PorticoAPI> {
    static let listPermissions = Route.get(
        PorticoAPI.base + "/permissions", .reading(PorticoAPI.listPermissions), needs: .permission(.readRoles),
        "The catalogue from which roles are made.")
}

/// A permission that a plugin declares.
struct PermissionShown: Described {
    var plugin: String
    var name: String
    var summary: String

    static let schema = Schema.object(
        Self.init(plugin:name:summary:),
        Field("plugin", \.plugin, .string(1...40)),
        Field("name", \.name, .string(3...100)),
        Field("summary", \.summary, .string(0...500), note: "What it allows."))
}

extension PorticoAPI {
    func listPermissions(_ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> Page<PermissionShown> {
        let all = host.definitions.flatMap { plugin in
            plugin.permissions.map { PermissionShown(plugin: plugin.id, name: $0.name, summary: $0.summary) }
        }
        return Page(all, PageNumbers(page: 1, limit: max(1, all.count), total: all.count))
    }
}
