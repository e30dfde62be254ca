import PluginAPI

/// The document of one tenant's API, made from the declarations that route and check its requests.
///
/// ``json`` is the OpenAPI 3.1 document, ``page`` the same for people, ``style`` the page's stylesheet.
struct APIDocument: Sendable {
    /// The name people read.
    let tenant: String
    /// `http://lumen.localhost:8080`, without a slash behind.
    let origin: String
    /// The version of the program.
    let version: String
    /// The plugins of the tenant, in the order of the process's list.
    let plugins: [DocumentedPlugin]
    let names: SchemaNames

    /// - Parameter plugins: every plugin of the process, also those the tenant has not enabled: they are left out of the
    ///   document, but names in it do not change when one more is enabled.
    init(tenant: String, origin: String, version: String, plugins: [DocumentedPlugin]) {
        self.tenant = tenant
        self.origin = origin
        self.version = version
        self.plugins = plugins.filter(\.isEnabled)
        names = SchemaNames(plugins)
    }

    /// The document as JSON text; equal inputs give equal bytes.
    var json: [UInt8] {
        var writer = JSONWriter()
        writer.value(tree)
        return writer.bytes
    }

    /// The document as a tree.
    var tree: JSON {
        [
            "openapi": "3.1.0",
            "info": [
                "title": .string(tenant), "version": .string(version),
                "description": .string(Self.introduction),
            ],
            "servers": [["url": .string(origin.isEmpty ? "/" : origin)]],
            "tags": .array(plugins.map { ["name": .string($0.id), "description": .string($0.summary)] }),
            "paths": paths,
            "components": components,
        ]
    }

    /// What holds for every operation.
    static let introduction = """
        Every answer has an X-Request-Id. Errors come in the shape of the part that answers; with \
        Accept: application/problem+json they come as RFC 9457 problem details. What each error code means is said at \
        /errors/{code}.
        """

    /// Operations by path, then method. Paths that differ only in the names of their parameters are one path.
    private var paths: JSON {
        var items = JSON.Members()
        var templates: [String: String] = [:]
        for plugin in plugins {
            for operation in plugin.operations {
                let shape = Manifest<NoPlugin>.shape(operation.path)
                let template = templates[shape] ?? operation.path
                templates[shape] = template
                var item = items[template]?.members ?? JSON.Members()
                item[operation.method.rawValue.lowercased()] = self.operation(operation, of: plugin, under: template)
                items[template] = .object(item)
            }
        }
        return .object(items)
    }

    private var components: JSON {
        var dialects: [Dialect] = []
        for plugin in plugins where !dialects.contains(plugin.dialect) { dialects.append(plugin.dialect) }
        return [
            "securitySchemes": [
                "BearerAuth": [
                    "type": "http", "scheme": "bearer", "bearerFormat": "JWT",
                    "description": "An access token from a sign-in.",
                ]
            ],
            "parameters": SharedComponents.parameters,
            "headers": SharedComponents.headers,
            "responses": SharedComponents.responses(dialects),
            "schemas": schemas(dialects),
        ]
    }

    private func schemas(_ dialects: [Dialect]) -> JSON {
        var schemas = SharedComponents.schemas(dialects)
        for plugin in plugins {
            for schema in plugin.schemas {
                schema.forEachNamed { schema in
                    guard let name = names.name(of: schema, in: plugin.id), schemas[name] == nil else { return }
                    schemas[name] = schema.tree { names.reference(to: $0, in: plugin.id) }
                }
            }
        }
        return .object(schemas)
    }
}

/// Stands for any plugin where only the rules of paths matter.
private struct NoPlugin: Plugin {
    static let manifest = Manifest<Self>(id: "none", summary: "", dialect: .problem, prefixes: [], routes: [])
    init(settings: Nothing, services: Services) {}
}
