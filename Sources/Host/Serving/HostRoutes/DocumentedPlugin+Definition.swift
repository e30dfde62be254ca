extension DocumentedPlugin {
    /// A plugin of the process, as documents show it.
    ///
    /// - Parameter definitions: all of the process.
    init(_ plugin: PluginDefinition, isEnabled: Bool, among definitions: [PluginDefinition] = []) {
        self.init(
            id: plugin.id, summary: plugin.summary, dialect: plugin.dialect,
            routes: plugin.routes + plugin.mountedRoutes(of: definitions).map(\.declaration),
            signIns: plugin.signIns, live: plugin.live, topics: plugin.topics, limits: plugin.limits,
            isTiered: !plugin.tiered.isEmpty, isEnabled: isEnabled)
    }
}
