import PluginAPI

/// A way to a setting, as people write it: `auth.accessTokenTtlSeconds`, `plugins.appointments.codeLength`.
struct SettingsPath: Sendable, Hashable, CustomStringConvertible {
    /// Member names from the root; at least one.
    let names: [String]

    init(_ names: [String]) { self.names = names }

    /// Names separated by points; nil when there is none or one is empty.
    init?(_ text: String) {
        let names = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard text.utf8.count <= 500, names.allSatisfy({ !$0.isEmpty }) else { return nil }
        self.names = names
    }

    var description: String { names.joined(separator: ".") }

    /// Whether this is the other path, or leads to something inside it.
    func isWithin(_ other: SettingsPath) -> Bool { names.starts(with: other.names) }

    /// Whether a document that follows the schema can have something here.
    func exists(in schema: JSONSchema) -> Bool { Self.exists(names[...], in: schema) }

    private static func exists(_ names: ArraySlice<String>, in schema: JSONSchema) -> Bool {
        guard let name = names.first else { return true }
        let rest = names.dropFirst()
        if let property = schema.properties.first(where: { $0.name == name }) {
            return exists(rest, in: property.schema)
        }
        if schema.keywords["additionalProperties"] == true { return true }
        if schema.keywords["type"] == "object", let element = schema.element.first { return exists(rest, in: element) }
        return schema.alternatives.contains { exists(names, in: $0) }
    }
}

extension SettingsPath: Described {
    static let schema = Schema<SettingsPath>.text(
        JSONSchema(["type": "string", "examples": ["auth.accessTokenTtlSeconds"]]),
        allowed: "a settings path such as auth.accessTokenTtlSeconds",
        sample: { "plugins.a.b\($0)" }, parse: { SettingsPath($0) }, write: { $1.value($0.description) })
}
