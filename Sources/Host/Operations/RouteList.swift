public import PluginAPI

/// What `portico routes` prints.
public struct RouteList: Sendable {
    private struct Line {
        let method: String, path: String, plugin: String, access: String, kind: String, reach: String?
    }
    private let lines: [Line]

    /// - Throws: when the plugins' manifests are faulty.
    public init(plugins: [any Plugin.Type]) throws {
        let definitions = PluginDefinition.all(plugins)
        _ = try PluginSet(definitions, hostRoutes: HostRoutes.all(version: Version.text), table: LimitTable())
        lines =
            definitions.flatMap { Self.lines(of: $0, among: definitions) }
            + HostRoutes.all(version: Version.text).map {
                Line(
                    method: $0.method.rawValue, path: $0.path, plugin: "host", access: "anyone", kind: "host",
                    reach: nil)
            }
    }

    private static func lines(of plugin: PluginDefinition, among definitions: [PluginDefinition]) -> [Line] {
        var lines = plugin.signIns.flatMap(\.steps).map { step in
            Line(
                method: "POST", path: step.path, plugin: plugin.id, access: text(step.access), kind: "sign-in",
                reach: nil)
        }
        for route in plugin.routes + plugin.mountedRoutes(of: definitions).map(\.declaration) {
            lines.append(
                Line(
                    method: route.method.rawValue, path: route.path, plugin: plugin.id, access: text(route.access),
                    kind: route.kind.rawValue, reach: route.extent?.rawValue))
        }
        for route in plugin.live {
            lines.append(
                Line(
                    method: "GET", path: route.path, plugin: plugin.id, access: "member", kind: route.kind.word,
                    reach: nil))
        }
        return lines
    }

    private static func text(_ access: Access) -> String {
        switch access {
        case .anyone(let reason): "anyone: \(reason)"
        case .member: "member"
        case .permission(let permission): permission.name
        }
    }

    /// The routes in columns, or as a JSON array.
    public func text(asJSON: Bool) -> String {
        if asJSON {
            return JSON.array(
                lines.map { line in
                    [
                        "method": .string(line.method), "path": .string(line.path), "plugin": .string(line.plugin),
                        "access": .string(line.access), "kind": .string(line.kind),
                        "reach": line.reach.map { .string($0) } ?? .null,
                    ]
                }
            ).text
        }
        let width = lines.map(\.path.count).max() ?? 0
        return lines.map { line in
            let method = line.method + String(repeating: " ", count: max(0, 7 - line.method.count))
            let path = line.path + String(repeating: " ", count: width - line.path.count)
            return "\(method)\(path)  \(line.plugin)  \(line.kind)  \(line.access)"
        }.joined(separator: "\n")
    }
}
