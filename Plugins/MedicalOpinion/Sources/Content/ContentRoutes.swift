internal import Documents
internal import PluginAPI

extension MedicalOpinion {
    static let contentRoutes: [Route<Self>] = [
        .get(
            "/v1/portal/personalization/content", .asynchronous(Self.recommendations), needs: .own(.readJourney),
            "The company's articles, those that suit the caller in front, each with the reason."),
        .get("/v1/portal/content/{id}", .reading(Self.article), needs: .member, "An article."),
        .post(
            "/v1/portal/content/{id}/read", .transactional(Self.readArticle), needs: .member, status: 200,
            "Notes that the caller read an article; once a day."),
    ]

    static let contentPages: [PageRoute<Self>] = [
        PageRoute("/education", "Articles", Self.articlesPage),
        PageRoute("/education/{slug}", "Article", Self.articlePage),
    ]

    func recommendations(
        _ asked: ContentAsked, _ call: Call<Member>
    ) async throws -> ContentAnswer {
        let (person, match) = (call.caller.id, asked.search.flatMap { ContentSearch($0).match })
        if match != nil { try await bringIndexUpToDate(call.store) }
        return try await call.store.read { tx in
            let shelf = try shelf(tx)
            let reader = try reader(person, try lifecycle.state(of: person, in: tx), tx)
            let found = try match.map { try tx.found($0) }
            let matches = Array(shelf.ranked(for: reader, type: asked.type, found: found).prefix(asked.limit))
            let snippets = try match.map { try tx.snippets($0, in: matches.map(\.article.slug)) }
            return ContentAnswer(matches, shelf, reader, snippets: snippets ?? [:])
        }
    }

    func article(_ named: ContentNamed, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> ArticleShown {
        guard call.caller.principal.reach(of: .readJourney) != nil else { throw Problem.forbidden }
        let state = try lifecycle.state(of: call.caller.id, in: tx)
        let shelf = try shelf(tx)
        guard let article = shelf.article(named.id) else { throw Problem.notFound }
        let match = ContentMatch(
            article, for: try reader(call.caller.id, state, tx), isFeatured: shelf.featured.contains(article.slug))
        return ArticleShown(content: ContentShown(match), html: CommonMark(article.markdown).html(firstHeading: 2))
    }

    func readArticle(_ named: ContentNamed, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> ContentRead {
        guard call.caller.principal.reach(of: .writeJourney) != nil else { throw Problem.forbidden }
        let person = call.caller.id
        guard let article = try tx.reading({ try shelf($0).article(named.id) }) else { throw Problem.notFound }
        try noteReading(article, by: person, in: tx)
        return ContentRead(id: article.id, title: article.title)
    }

    func articlesPage(_ tx: borrowing ReadTransaction, _ call: Call<Anyone>) throws -> HTML {
        let shelf = try shelf(tx)
        let inFront = shelf.articles.filter { shelf.featured.contains($0.slug) }
        let others = shelf.articles.filter { !shelf.featured.contains($0.slug) }
        let items = (inFront + others).map { article -> HTML in
            """
            <li><a href="\(link: "/education/\(article.slug)")">\(article.title)</a><p>\(article.description)</p></li>
            """
        }
        return "<h1>Articles</h1><ul>\(items)</ul>"
    }

    func articlePage(_ named: ArticleNamed, _ tx: borrowing ReadTransaction, _ call: Call<Anyone>) throws -> HTML {
        guard let article = try shelf(tx).article("content_\(named.slug)") else { throw Problem.notFound }
        let author = article.author.map { Self.byline($0) } ?? ""
        // CommonMark encodes everything but its own tags.
        let body = HTML(stringLiteral: CommonMark(article.markdown).html(firstHeading: 2))
        return "<article><h1>\(article.title)</h1><p>\(article.description)</p>\(author)\(body)</article>"
    }
}

extension MedicalOpinion {
    private static func byline(_ author: Article.Author) -> HTML {
        let photo: HTML =
            author.photo.map { "<img src=\"\(link: $0)\" alt=\"\" width=\"64\" height=\"64\" loading=\"lazy\"> " } ?? ""
        let credentials = author.credentials.isEmpty ? "" : ", \(author.credentials)"
        return "<p>\(photo)\(author.name)\(credentials)</p>"
    }
}

/// Which articles are asked for.
struct ContentAsked: Described {
    let type: String?
    let search: String?
    let limit: Int

    static let schema = Schema<ContentAsked>.object(
        ContentAsked.init(type:search:limit:), Field("type", \.type, .optional(.word), in: .query),
        Field(
            "search", \.search, .optional(.string(1...200)), in: .query,
            note: "Words that must all be in the text; the last may be the beginning of one"),
        Field("limit", \.limit, .int(1...100), in: .query, default: 10))
}

/// An article by its id.
struct ContentNamed: Described {
    let id: String
    static let schema = Schema<ContentNamed>.object(
        ContentNamed.init(id:), Field("id", \.id, .string(1...128), in: .path))
}

/// An article by its name.
struct ArticleNamed: Described {
    let slug: String
    static let schema = Schema<ArticleNamed>.object(
        ArticleNamed.init(slug:), Field("slug", \.slug, .string(1...100), in: .path))
}

/// What was read.
struct ContentRead: Described {
    let id: String
    let title: String
    static let schema = Schema<ContentRead>.object(
        ContentRead.init(id:title:), Field("id", \.id, .string(1...128)), Field("title", \.title, .string(1...200)))
}
