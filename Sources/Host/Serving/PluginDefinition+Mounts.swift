import PluginAPI

extension PluginDefinition {
    /// A route of the host's API where a plugin has it too.
    struct MountedRoute {
        /// The position of the host's own API in the process's list, and of the route in its manifest.
        let owner: Int, number: Int
        let declaration: RouteDeclaration
    }

    /// The host's API for webhooks and for the audit log at this plugin's paths; empty where it has none.
    func mountedRoutes(of definitions: [PluginDefinition]) -> [MountedRoute] {
        guard webhooksAt != nil || auditAt != nil, let owner = definitions.firstIndex(where: \.isHost) else {
            return []
        }
        return definitions[owner].routes.enumerated().compactMap { number, route in
            let path =
                webhooksAt.flatMap { WebhookMount.path(route.path, at: $0) }
                ?? auditAt.flatMap { AuditMount.path(route.path, at: $0) }
            return path.map { MountedRoute(owner: owner, number: number, declaration: route.at($0)) }
        }
    }
}
