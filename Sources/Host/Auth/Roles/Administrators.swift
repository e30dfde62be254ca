import PluginAPI

/// The people who run a tenant; one of them must always be left.
enum Administrators {
    /// How many active people have a role that administers the tenant everywhere.
    ///
    /// - Parameter definitions: the enabled plugins, the host's own API among them.
    static func count(_ definitions: [PluginDefinition], _ tables: some Queries) throws(StoreError) -> Int {
        let roles = definitions.flatMap { plugin in
            plugin.roles.filter(\.administersTenant).map { (plugin: plugin.id, name: $0.name) }
        }
        guard !roles.isEmpty else { return 0 }
        let conditions = roles.map { role -> SQL in "(held.plugin = \(role.plugin) AND held.role = \(role.name))" }
        return try tables.value(
            """
            SELECT COUNT(DISTINCT held.person_id) FROM portico_person_role AS held
            JOIN portico_person AS person ON person.id = held.person_id
            WHERE person.state = 'active' AND held.branch = '' AND (\(SQL.joined(conditions, by: " OR ")))
            """, as: Int.self) ?? 0
    }

    /// Does something after which one must be left who runs the tenant, if there was one before.
    ///
    /// - Throws: ``LastAdministrator``, so that the transaction undoes it; what the closure throws.
    static func keepingOne<T>(
        _ definitions: [PluginDefinition], _ tables: some Queries, _ body: () throws -> T
    ) throws -> T {
        let before = try count(definitions, tables)
        let result = try body()
        guard try before == 0 || count(definitions, tables) > 0 else { throw LastAdministrator() }
        return result
    }
}

/// Nobody would be left who runs the tenant.
struct LastAdministrator: Error {}
