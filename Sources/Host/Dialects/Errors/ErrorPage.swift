import PluginAPI

/// What `/errors/{code}` shows: where the `type` of a problem leads.
enum ErrorPage {
    /// The main content of the page for one code; a code `INVALID_…` of a field finds the entry for all of them.
    ///
    /// - Parameter problems: the refusals of the tenant's plugins.
    /// - Returns: nil for a code that nobody has; the page is then 404.
    static func html(_ code: String, plugins problems: [Problem] = []) -> HTML? {
        let code = code.uppercased()
        let isWellFormed =
            code.utf8.count <= 100 && code.utf8.allSatisfy { $0 == 0x5F || 0x30...0x39 ~= $0 || 0x41...0x5A ~= $0 }
        let ofField = code.hasPrefix("INVALID_") && isWellFormed ? ErrorCode.find("INVALID_VALUE") : nil
        guard let entry = ErrorCode.find(code, plugins: problems) ?? ofField else { return nil }
        return """
            <h1>\(ErrorCode.title(of: code))</h1>
            <p>\(entry.meaning)</p>
            <dl>
            <dt>Code</dt><dd><code>\(code)</code></dd>
            <dt>HTTP status</dt><dd>\(entry.status)</dd>
            </dl>
            <p><a href="/errors/">All codes</a></p>
            """
    }

    /// The main content of the page that lists every code.
    static func list(plugins problems: [Problem] = []) -> HTML {
        """
        <h1>Error codes</h1>
        <h2>Of every part</h2>
        \(table(ErrorCode.all, "Codes of every part of the portal"))
        <h2>Of fields</h2>
        \(table(ErrorCode.fields, "Codes beside the fields of a VALIDATION_ERROR"))
        \(ofPlugins(problems))
        """
    }

    private static func ofPlugins(_ problems: [Problem]) -> HTML {
        var seen = Set((ErrorCode.all + ErrorCode.fields).map(\.code))
        let entries = problems.filter { seen.insert($0.code).inserted }.map { ErrorCode($0) }
        guard !entries.isEmpty else { return "" }
        return "<h2>Of this portal's features</h2>\n\(table(entries, "Codes of this portal's features"))"
    }

    private static func table(_ entries: [ErrorCode], _ caption: String) -> HTML {
        let rows = entries.map { entry -> HTML in
            """
            <tr><th scope="row"><a href="\(link: "/errors/\(entry.code)")"><code>\(entry.code)</code></a></th>\
            <td>\(entry.status)</td><td>\(entry.meaning)</td></tr>

            """
        }
        return """
            <table><caption>\(caption)</caption>
            <thead><tr><th scope="col">Code</th><th scope="col">Status</th><th scope="col">Meaning</th></tr></thead>
            <tbody>
            \(rows)</tbody></table>
            """
    }
}
