extension DocumentedPlugin {
    /// A plugin of the process, as documents show it.
    init(_ plugin: PluginDefinition, isEnabled: Bool) {
        self.init(
            id: plugin.id, summary: plugin.summary, dialect: plugin.dialect, routes: plugin.routes,
            signIns: plugin.signIns, live: plugin.live, topics: plugin.topics, limits: plugin.limits,
            isTiered: !plugin.tiered.isEmpty, isEnabled: isEnabled)
    }
}
