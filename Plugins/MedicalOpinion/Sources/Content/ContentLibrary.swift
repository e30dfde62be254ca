internal import PluginAPI

/// The company's articles, as they stand in its folder; made once for each open tenant.
struct ContentLibrary: Sendable {
    /// By name.
    let articles: [Article]

    init(_ files: [ContentFile]) {
        articles = files.compactMap { file in
            do throws(ArticleFault) { return try Article(file) } catch { return nil }
        }
    }

    /// An article by its id.
    func article(_ id: String) -> Article? { articles.first { $0.id == id } }

    /// Those that suit a customer, the best in front.
    ///
    /// - Parameters:
    ///   - type: those of this type alone.
    ///   - search: words, all of which must be in them; the last may be the beginning of one.
    func ranked(for reader: ContentReader, type: String? = nil, search: String? = nil) -> [ContentMatch] {
        let asked = search.map { Article.words(in: $0) } ?? []
        return
            articles
            .filter { type == nil || $0.type == type }
            .filter { article in
                asked.enumerated().allSatisfy { place, word in
                    article.words.contains(word)
                        || place == asked.count - 1 && article.words.contains { $0.hasPrefix(word) }
                }
            }
            .map { ContentMatch($0, for: reader) }
            .sorted { ($1.percent, $0.article.slug) < ($0.percent, $1.article.slug) }
    }
}
