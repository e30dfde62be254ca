import PluginAPI

extension TenantFile {
    /// The JSON Schema (2020-12) of tenant.json in this build, for editors that check and complete as people type.
    static func editorSchema(_ catalogue: PluginCatalogue) -> JSON {
        var schema = document(catalogue, anyPlugin: false)
        schema.keywords["title"] = "tenant.json"
        var members: JSON.Members = ["$schema": "https://json-schema.org/draft/2020-12/schema"]
        for (name, value) in schema.tree({ _ in nil }).members?.list ?? [] { members[name] = value }
        return .object(members)
    }

    /// The schema with each plugin's settings in their place.
    static func document(_ catalogue: PluginCatalogue, anyPlugin: Bool) -> JSONSchema {
        var plugins = JSONSchema(["type": "object", "additionalProperties": .bool(anyPlugin)])
        plugins.properties = catalogue.kinds.map { kind in
            var settings = kind.settingsDocument
            settings.keywords["description"] = .string(kind.summary)
            return (kind.id, settings)
        }
        var document = schema.document
        document.properties = document.properties.map { $0.name == "plugins" ? ($0.name, plugins) : $0 }
        return document
    }
}
