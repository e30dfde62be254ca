public import PluginAPI

/// What `portico openapi` prints.
public enum TenantDocument {
    /// The OpenAPI document of a tenant, without opening it.
    ///
    /// - Throws: when the folder cannot be read or there is no such tenant.
    public static func text(plugins: [any Plugin.Type], tenants: String, tenant: String) throws -> String {
        let reader = TenantReader(catalogue: PluginCatalogue(plugins), allowsUnknownPlugins: true)
        let directory = try TenantDirectory(reading: .init(folder: tenants, baseDomain: "localhost", reader: reader))
        guard let position = directory.position(of: tenant) else {
            throw StartFailure("there is no tenant \(tenant) in \(tenants), or its settings are broken")
        }
        let settings = try TenantSettings(content: directory.tenants[position].content, reader: reader)
        let documented = PluginDefinition.all(plugins).map { plugin in
            DocumentedPlugin(plugin, isEnabled: plugin.isHost || settings.values.plugins[plugin.id] != nil)
        }
        let origin =
            directory.tenants[position].domains.first.map { "https://\($0)" } ?? "http://\(tenant).localhost:8080"
        let document = APIDocument(
            tenant: settings.values.name, origin: origin, version: Version.text, plugins: documented)
        return String(decoding: document.json, as: UTF8.self)
    }
}
