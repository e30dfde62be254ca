import PluginAPI

/// The limits of everything that plugins declare, compiled once.
struct RouteLimits {
    /// By plugin and route.
    let routes: [[LimitPlan]]
    /// By plugin, sign-in and step.
    let signIns: [[[LimitPlan]]]
    /// By plugin and page.
    let pages: [[LimitPlan]]

    init(_ definitions: [PluginDefinition], in table: LimitTable) {
        routes = definitions.map { plugin in
            let general = plugin.limits.compactMap { table.compile($0, name: "\(plugin.id)-\($0.key.word)") }
            return plugin.routes.map {
                LimitPlan(
                    general: general, own: $0.limits, name: Self.name(plugin, $0.method, $0.path),
                    isTiered: !plugin.tiered.isEmpty, in: table)
            }
        }
        let general = [table.compile(.pages, name: "pages-address")].compactMap { $0 }
        pages = definitions.map { plugin in
            plugin.pages.map {
                LimitPlan(general: general, own: $0.limits, name: Self.name(plugin, .get, $0.path), in: table)
            }
        }
        signIns = definitions.map { plugin in
            plugin.signIns.map { signIn in
                signIn.steps.map { step in
                    LimitPlan(general: [], own: step.limits, name: Self.name(plugin, .post, step.path), in: table)
                }
            }
        }
    }

    private static func name(_ plugin: PluginDefinition, _ method: HTTPMethod, _ path: String) -> String {
        let words = path.split { !$0.isLetter && !$0.isNumber }.joined(separator: "-")
        return "\(plugin.id)-\(method.rawValue.lowercased())-\(words)"
    }
}
