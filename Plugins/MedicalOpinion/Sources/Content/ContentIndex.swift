internal import Documents
internal import PluginAPI

/// The full-text index of the articles. The folder changes without a transaction: the index says of which state of the folder
/// it is, and whoever searches another brings it up to date.
extension MedicalOpinion {
    static let libraryIndexJobs: [Job<Self>] = [
        Job("index-articles", repeating: { _ in .every(seconds: 3600) }, Self.indexArticles)
    ]

    /// So that the first search after a change of the folder need not wait.
    func indexArticles(_ tx: borrowing Transaction, _ context: WorkContext) throws {
        if try !tx.isIndexed(library) { try tx.index(library) }
    }

    /// Brings the index up to date before a search.
    func bringIndexUpToDate(_ store: any Store) async throws {
        let library = library
        if try await store.read({ try $0.isIndexed(library) }) { return }
        try await store.write { tx in if try !tx.isIndexed(library) { try tx.index(library) } }
    }
}

extension Reading where Self: ~Copyable {
    borrowing func isIndexed(_ library: ContentLibrary) throws(StoreError) -> Bool {
        let kept: String? = try value("SELECT fingerprint FROM medicalopinion_article_index WHERE id = 1")
        return kept == library.fingerprint
    }

    /// The names of what has all the words, the best in front: a word in a title counts for more than one in the text.
    borrowing func found(_ match: String) throws(StoreError) -> [String] {
        try values(
            """
            SELECT slug FROM medicalopinion_article_text WHERE medicalopinion_article_text MATCH \(match)
            ORDER BY bm25(medicalopinion_article_text, 0, 8, 4, 4, 1), slug LIMIT 1000
            """)
    }

    /// Where the words stand in articles, by their names: HTML with the words in `<mark>`. It reads each text, so only for
    /// those that are shown.
    borrowing func snippets(_ match: String, in slugs: [String]) throws(StoreError) -> [String: String] {
        var snippets: [String: String] = [:]
        try forEach(
            """
            SELECT slug, snippet(medicalopinion_article_text, -1, char(2), char(3), '…', 24)
            FROM medicalopinion_article_text
            WHERE medicalopinion_article_text MATCH \(match) AND slug IN \(SQL.list(slugs))
            """
        ) { (row: borrowing Row) throws(StoreError) in
            snippets[try row.get(at: 0)] = Self.marked(try row.get(at: 1))
        }
        return snippets
    }

    /// Text as HTML, with what stands between the two marks in `<mark>`.
    private static func marked(_ text: String) -> String {
        var html: HTML = ""
        for (place, part) in text.split(separator: "\u{2}", omittingEmptySubsequences: false).enumerated() {
            guard place > 0, let end = part.firstIndex(of: "\u{3}") else {
                html = "\(html)\(part)"
                continue
            }
            html = "\(html)<mark>\(part[..<end])</mark>\(part[part.index(after: end)...])"
        }
        return html.text
    }
}

extension Transaction {
    /// Writes the whole index anew: a folder has at most a thousand texts.
    borrowing func index(_ library: ContentLibrary) throws(StoreError) {
        try run("DELETE FROM medicalopinion_article_text")
        for article in library.articles {
            try run(
                """
                INSERT INTO medicalopinion_article_text (slug, title, description, tags, text)
                VALUES (\(article.slug), \(Self.plain(article.title)), \(Self.plain(article.description)),
                    \(Self.plain((article.tags + article.specialties).joined(separator: ", "))),
                    \(Self.plain(CommonMark(article.markdown).plainText)))
                """)
        }
        try run(
            """
            INSERT INTO medicalopinion_article_index (id, fingerprint) VALUES (1, \(library.fingerprint))
            ON CONFLICT (id) DO UPDATE SET fingerprint = excluded.fingerprint
            """)
    }

    /// Without the marks of snippets, and without what ends a text for the index.
    private static func plain(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { $0.value < 4 }) else { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 4 ? " " : $0 }))
    }
}
