import PluginAPI

extension PluginDefinition {
    /// The host's own API, as the machinery of plugins knows it.
    static let hostAPI = PluginDefinition(PorticoAPI.self, isHost: true)

    /// A build's plugins and, last, the host's own API.
    static func all(_ plugins: [any Plugin.Type]) -> [PluginDefinition] {
        plugins.map { PluginDefinition($0) } + [.hostAPI]
    }
}
