import PluginAPI

/// Under which names the plugins' schemas are listed.
///
/// A name that means one thing everywhere stays as it is. Where it means different things, each plugin's own carries the
/// plugin's name in front, and a number behind where that is still not enough.
struct SchemaNames: Sendable {
    private struct Use: Hashable {
        let plugin: String
        let schema: String
    }

    private let names: [Use: String]

    init(_ plugins: [DocumentedPlugin]) {
        var uses: [(name: String, use: Use)] = []
        var seen: Set<Use> = []
        var meanings: [String: Set<String>] = [:]
        for plugin in plugins {
            for schema in plugin.schemas {
                schema.forEachNamed { schema in
                    let use = Use(plugin: plugin.id, schema: Self.key(schema))
                    guard let name = schema.name.map(Self.componentName), seen.insert(use).inserted else { return }
                    uses.append((name, use))
                    meanings[name, default: []].insert(use.schema)
                }
            }
        }
        // The host's own names are taken whatever they mean.
        var taken: [String: String] = [:]
        for name in SharedComponents.schemaNames { taken[name] = "" }
        for (name, schemas) in meanings where taken[name] == nil && schemas.count == 1 { taken[name] = schemas.first }
        var names: [Use: String] = [:]
        for (name, use) in uses {
            if taken[name] == use.schema {
                names[use] = name
                continue
            }
            let prefixed = DocumentedPlugin.pascalCase(use.plugin) + name
            var candidate = prefixed
            var number = 2
            while taken[candidate] != nil {
                candidate = "\(prefixed)\(number)"
                number += 1
            }
            taken[candidate] = use.schema
            names[use] = candidate
        }
        self.names = names
    }

    /// The name of a schema in the document; nil when it has none and stands where it is used.
    func name(of schema: JSONSchema, in plugin: String) -> String? {
        schema.name == nil ? nil : names[Use(plugin: plugin, schema: Self.key(schema))]
    }

    /// `{"$ref": …}`
    func reference(to schema: JSONSchema, in plugin: String) -> JSON? {
        name(of: schema, in: plugin).map { ["$ref": .string("#/components/schemas/\($0)")] }
    }

    /// Equal for equal schemas of one name.
    private static func key(_ schema: JSONSchema) -> String {
        (schema.name ?? "") + " " + schema.tree { _ in nil }.text
    }

    /// Only what OpenAPI §4.8.7 allows in a component's name.
    private static func componentName(_ name: String) -> String {
        String(name.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "." || $0 == "-") ? $0 : "_" })
    }
}

extension JSONSchema {
    /// Calls the closure with this schema, if it is named, and every named one inside it; the outer before the inner.
    func forEachNamed(_ body: (JSONSchema) -> Void) {
        if name != nil { body(self) }
        for (_, schema) in properties { schema.forEachNamed(body) }
        for schema in element + alternatives { schema.forEachNamed(body) }
    }
}
