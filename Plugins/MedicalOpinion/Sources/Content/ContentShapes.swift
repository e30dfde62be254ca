internal import Documents
internal import PluginAPI

/// What a customer may want to read (seed 000 §5.3).
struct ContentAnswer: Described {
    let recommendations: [ContentShown]
    let categories: [Category]

    static let schema = Schema<ContentAnswer>.object(
        ContentAnswer.init(recommendations:categories:),
        Field("recommendations", \.recommendations, .list(ContentShown.schema)),
        Field("categories", \.categories, .list(Category.schema)))

    struct Category: Described {
        let name: String
        /// How many articles it has.
        let count: Int
        let items: [String]

        static let schema = Schema<Category>.object(
            Category.init(name:count:items:), Field("name", \.name, .string(1...100)), Field("count", \.count, .tally),
            Field("items", \.items, .list(.string(1...64))))
    }
}

extension ContentAnswer {
    /// Specialties of the reader's own cases, and what is read most at the moment; a category without items is left out.
    ///
    /// - Parameters:
    ///   - matches: those that are shown.
    ///   - snippets: where a search found them, by their names.
    init(
        _ matches: [ContentMatch], _ library: ContentLibrary, _ reader: ContentReader, snippets: [String: String] = [:]
    ) {
        func category(_ name: String, _ items: [String], _ belongs: (Article, String) -> Bool) -> Category? {
            guard !items.isEmpty else { return nil }
            let count = library.articles.count { article in items.contains { belongs(article, $0) } }
            return Category(name: name, count: count, items: items)
        }
        var topics: [String: Int] = [:]
        for article in library.articles {
            for tag in article.tags { topics[tag, default: 0] += reader.popularity[article.slug] ?? 0 }
        }
        let trending = topics.filter { $0.value > 0 }.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(3)
        self.init(
            recommendations: matches.map { ContentShown($0, snippet: snippets[$0.article.slug]) },
            categories: [
                category("Your Specialties", reader.specialties.keys.sorted()) { $0.specialties.contains($1) },
                category("Trending Topics", trending.map(\.key)) { $0.tags.contains($1) },
            ].compactMap(\.self))
    }
}

/// One article among others.
struct ContentShown: Described {
    let id: String
    let type: String
    let title: String
    let description: String
    let url: String
    let relevanceScore: Double
    let personalizedReason: String
    let estimatedReadTime: String
    let author: Article.Author?
    let tags: [String]
    let snippet: String?

    static let schema = Schema<ContentShown>.object(
        ContentShown.init(
            id:type:title:description:url:relevanceScore:personalizedReason:estimatedReadTime:author:tags:snippet:),
        Field("id", \.id, .string(1...128)), Field("type", \.type, .word), Field("title", \.title, .string(1...200)),
        Field("description", \.description, .string(1...500)), Field("url", \.url, .string(1...200)),
        Field("relevanceScore", \.relevanceScore, .share),
        Field("personalizedReason", \.personalizedReason, .string(1...200)),
        Field("estimatedReadTime", \.estimatedReadTime, .string(1...32)),
        .leftOutWhenNil("author", \.author, .optional(Article.Author.schema)),
        Field("tags", \.tags, .list(.string(1...64))),
        .leftOutWhenNil(
            "snippet", \.snippet, .optional(.string(0...4000)),
            note: "HTML: where a search found it, with the words in <mark>"))
}

extension ContentShown {
    init(_ match: ContentMatch, snippet: String? = nil) {
        let article = match.article
        self.init(
            id: article.id, type: article.type, title: article.title, description: article.description,
            url: "/education/\(article.slug)", relevanceScore: Double(match.percent) / 100,
            personalizedReason: match.reason,
            estimatedReadTime: article.minutes == 1 ? "1 minute" : "\(article.minutes) minutes", author: article.author,
            tags: article.tags, snippet: snippet)
    }
}

/// One article as a whole.
struct ArticleShown: Described {
    let content: ContentShown
    let html: String

    static let schema = Schema<ArticleShown>.object(
        ArticleShown.init(content:html:), Field("content", \.content, ContentShown.schema),
        Field("html", \.html, .string(0...1_000_000)))
}
