import PluginAPI

/// The frame around the main content of a page.
enum Shell {
    /// A whole document; its style sheet is that of the API documents.
    ///
    /// - Parameter language: of the words; the tenant's when nil.
    static func page(_ title: String, _ main: HTML, _ tenant: Tenant?, language: Language? = nil) -> HTML {
        let language = (language ?? tenant?.language)?.tag ?? "en"
        let heading = tenant.map { "\(title) · \($0.name)" } ?? title
        return """
            <!DOCTYPE html>
            <html lang="\(language)">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>\(heading)</title>
            <link rel="stylesheet" href="/docs/style.css">
            </head>
            <body>
            <main>
            \(main)
            </main>
            </body>
            </html>
            """
    }
}
