import PluginAPI

/// A role that somebody has, and where.
struct RoleHeld: Described, Equatable {
    /// The plugin that declares it.
    var plugin: String
    var name: String
    /// The branch within which it holds; nil is everywhere.
    var branch: String?

    static let schema = Schema.object(
        Self.init(plugin:name:branch:),
        Field("plugin", \.plugin, .string(1...40), note: "Whose role it is."),
        Field("name", \.name, .string(1...100)),
        Field("branch", \.branch, .optional(.string(1...100)), note: "Where it holds; null is everywhere."))
}

extension RoleHeld {
    init(_ held: HeldRole) { self.init(plugin: held.plugin, name: held.role, branch: held.branch) }
}
