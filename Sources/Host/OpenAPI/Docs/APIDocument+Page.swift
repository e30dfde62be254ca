import PluginAPI

extension APIDocument {
    /// The document for people: one page of HTML without scripts, for `/docs`.
    var page: HTML {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>\(tenant): API</title>
        <link rel="stylesheet" href="/docs/style.css">
        </head>
        <body>
        <a class="skip" href="#content">Skip to the content</a>
        <header>
        <h1>\(tenant): API</h1>
        <p>Version \(version). <a href="/openapi.json">OpenAPI document</a>, <a href="/errors/">error codes</a>.</p>
        </header>
        <nav aria-label="Contents">
        \(contents)</nav>
        <main id="content">
        <p>\(Self.introduction)</p>
        \(plugins.map(section))\(typesSection)</main>
        </body>
        </html>

        """
    }

    private var contents: HTML {
        let parts = plugins.map { plugin -> HTML in
            let entries = plugin.operations.map { operation -> HTML in
                """
                <li><a href="\(link: "#\(operation.id)")"><code>\(operation.method.rawValue) \(operation.path)</code></a></li>

                """
            }
            return """
                <details><summary>\(plugin.id)</summary>
                <ul>
                \(entries)</ul>
                </details>

                """
        }
        return "\(parts)"
    }

    private func section(_ plugin: DocumentedPlugin) -> HTML {
        """
        <section aria-labelledby="plugin-\(plugin.id)">
        <h2 id="plugin-\(plugin.id)">\(plugin.id)</h2>
        <p>\(plugin.summary)</p>
        <p>\(plugin.dialect.words)</p>
        \(plugin.operations.map { article($0, of: plugin) })</section>

        """
    }

    private func article(_ operation: DocumentedOperation, of plugin: DocumentedPlugin) -> HTML {
        let summary: HTML = operation.summary.isEmpty ? "" : "<p>\(operation.summary)</p>\n"
        let conditions = operation.conditions.map { "<li>\($0)</li>\n" as HTML }
        return """
            <article aria-labelledby="\(operation.id)">
            <h3 id="\(operation.id)"><code>\(operation.method.rawValue) \(operation.path)</code></h3>
            \(summary)<ul>
            \(conditions)</ul>
            \(parameterTable(operation, of: plugin))\(bodySection(operation, of: plugin))\
            \(answerTable(operation, of: plugin))</article>

            """
    }
}

extension Dialect {
    /// How its answers look, in a sentence.
    fileprivate var words: String {
        switch self {
        case .envelope:
            "Answers are {success, data, meta}, lists with pagination beside the data; errors {success, error}."
        case .clinic: "Answers are the object itself, lists {data, pagination}; errors {error}."
        case .bare:
            "Answers are the object or array itself, longer lists with a Link header to the next page; errors {error}."
        case .status:
            "Answers are {status, data}, lists {items, pagination} in the data; errors {status, code, message}."
        case .problem: "Answers are the object itself, lists {data, pagination}; errors are problem details (RFC 9457)."
        }
    }
}
