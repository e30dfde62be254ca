import PluginAPI

extension APIDocument {
    /// `/docs/migration`: which versions there are, and what is on its way out (seed 002 §5).
    var migration: HTML {
        let leaving = plugins.flatMap { plugin in
            plugin.operations.compactMap { operation in operation.deprecation.map { (operation, $0) } }
        }
        let rows = leaving.map { operation, deprecation -> HTML in
            """
            <tr><td><code>\(operation.method.rawValue) \(operation.path)</code></td>
            <td>\(deprecation.field ?? "the whole route")</td><td>\(deprecation.instead)</td>
            <td>\(deprecation.since.description)</td><td>\(deprecation.sunset.description)</td></tr>

            """
        }
        let table: HTML =
            leaving.isEmpty
            ? "<p>Nothing of this API is on its way out.</p>"
            : """
            <table>
            <thead><tr><th>Where</th><th>What</th><th>Instead</th><th>Announced</th><th>Gone from</th></tr></thead>
            <tbody>
            \(rows)</tbody>
            </table>
            """
        return """
            <h1>Versions of this API</h1>
            <p>Version 1 of the API is stable, and the only one: addresses that begin with <code>/v2</code> do not exist
            yet. Fields and addresses are added to it without notice, and none is taken away without: what is announced
            as deprecated works for twelve months more. Its answers carry <code>Deprecation</code> (RFC 9745) and
            <code>Sunset</code> (RFC 8594).</p>
            \(table)
            """
    }
}
