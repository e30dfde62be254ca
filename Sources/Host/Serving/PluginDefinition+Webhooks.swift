import PluginAPI

extension PluginDefinition {
    /// A route of the host's API for webhooks where a plugin has it.
    struct MountedRoute {
        /// The position of the host's own API in the process's list, and of the route in its manifest.
        let owner: Int, number: Int
        let declaration: RouteDeclaration
    }

    /// The host's API for webhooks at this plugin's path; empty where it has none.
    func mountedWebhooks(of definitions: [PluginDefinition]) -> [MountedRoute] {
        guard let webhooksAt, let owner = definitions.firstIndex(where: \.isHost) else { return [] }
        return definitions[owner].routes.enumerated().compactMap { number, route in
            WebhookMount.path(route.path, at: webhooksAt).map {
                MountedRoute(owner: owner, number: number, declaration: route.at($0))
            }
        }
    }
}
