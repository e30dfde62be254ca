internal import PluginAPI

/// The company's articles, as they stand in its folder; made once for each open tenant.
struct ContentLibrary: Sendable {
    /// By name.
    let articles: [Article]
    /// The names of those that the company puts in front.
    let featured: Set<String>
    /// Files that are no articles, and why.
    let broken: [(file: String, fault: ArticleFault)]
    /// Tells one state of the folder from another.
    let fingerprint: String
    /// Where each stands among the articles, by its id.
    private let places: [String: Int]

    init(_ files: [ContentFile]) {
        var articles: [Article] = []
        var broken: [(file: String, fault: ArticleFault)] = []
        for file in files {
            do throws(ArticleFault) { articles.append(try Article(file)) } catch { broken.append((file.name, error)) }
        }
        self.articles = articles
        self.broken = broken
        featured = []
        fingerprint = Self.fingerprint(of: files)
        places = Self.places(of: articles)
    }

    private init(_ articles: [Article], featured: Set<String>, of library: ContentLibrary) {
        self.articles = articles
        self.featured = featured
        broken = library.broken
        fingerprint = library.fingerprint
        places = Self.places(of: articles)
    }

    private static func places(of articles: [Article]) -> [String: Int] {
        Dictionary(articles.enumerated().map { ($0.element.id, $0.offset) }, uniquingKeysWith: { first, _ in first })
    }

    /// What readers get to see of it.
    func shown(_ states: [String: ContentState]) -> ContentLibrary {
        if states.isEmpty { return self }
        return ContentLibrary(
            articles.filter { states[$0.slug]?.isPublished ?? true },
            featured: Set(states.values.filter(\.isFeatured).map(\.slug)), of: self)
    }

    /// An article by its id.
    func article(_ id: String) -> Article? { places[id].map { articles[$0] } }

    /// Those that suit a customer, the best in front.
    ///
    /// - Parameters:
    ///   - type: those of this type alone.
    ///   - found: the names of what a search found, in its order; everything when nil.
    func ranked(for reader: ContentReader, type: String? = nil, found: [String]? = nil) -> [ContentMatch] {
        func match(_ article: Article) -> ContentMatch? {
            guard type == nil || article.type == type else { return nil }
            return ContentMatch(article, for: reader, isFeatured: featured.contains(article.slug))
        }
        if let found { return found.compactMap { article("content_\($0)").flatMap(match) } }
        // Of two that suit alike, the first by name.
        return articles.compactMap(match).enumerated()
            .sorted { ($1.element.percent, $0.offset) < ($0.element.percent, $1.offset) }.map(\.element)
    }

    /// FNV-1a over all of it, with the number of the index's own form in front: it need not withstand anybody, since whoever
    /// writes the folder may write what they like.
    private static func fingerprint(of files: [ContentFile]) -> String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        func add(_ text: String) {
            for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
            hash = (hash ^ 0xFF) &* 0x0000_0100_0000_01B3
        }
        for file in files {
            add(file.name)
            add(file.text)
        }
        return "1-\(files.count)-" + String(hash, radix: 16)
    }
}
