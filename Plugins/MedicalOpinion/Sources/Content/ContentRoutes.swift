internal import Documents
internal import PluginAPI

extension MedicalOpinion {
    static let contentRoutes: [Route<Self>] = [
        .get(
            "/v1/portal/personalization/content", .reading(Self.recommendations), needs: .own(.readJourney),
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
        _ asked: ContentAsked, _ tx: borrowing ReadTransaction, _ call: Call<Member>
    ) throws -> ContentAnswer {
        let state = try lifecycle.state(of: call.caller.id, in: tx)
        let reader = try reader(call.caller.id, state, tx)
        return ContentAnswer(
            library.ranked(for: reader, type: asked.type, search: asked.search), library, reader, limit: asked.limit)
    }

    func article(_ named: ContentNamed, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> ArticleShown {
        guard call.caller.principal.reach(of: .readJourney) != nil else { throw Problem.forbidden }
        let state = try lifecycle.state(of: call.caller.id, in: tx)
        guard let article = library.article(named.id) else { throw Problem.notFound }
        let match = ContentMatch(article, for: try reader(call.caller.id, state, tx))
        return ArticleShown(content: ContentShown(match), html: CommonMark(article.markdown).html(firstHeading: 2))
    }

    func readArticle(_ named: ContentNamed, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> ContentRead {
        guard call.caller.principal.reach(of: .writeJourney) != nil else { throw Problem.forbidden }
        let person = call.caller.id
        guard let article = library.article(named.id) else { throw Problem.notFound }
        try noteReading(article, by: person, in: tx)
        return ContentRead(id: article.id, title: article.title)
    }

    func articlesPage(_ tx: borrowing ReadTransaction, _ call: Call<Anyone>) throws -> HTML {
        let items = library.articles.map { article -> HTML in
            """
            <li><a href="\(link: "/education/\(article.slug)")">\(article.title)</a><p>\(article.description)</p></li>
            """
        }
        return "<h1>Articles</h1><ul>\(items)</ul>"
    }

    func articlePage(_ named: ArticleNamed, _ tx: borrowing ReadTransaction, _ call: Call<Anyone>) throws -> HTML {
        guard let article = library.article("content_\(named.slug)") else { throw Problem.notFound }
        let author: HTML = article.author.map { "<p>\($0.name), \($0.credentials)</p>" } ?? ""
        // CommonMark encodes everything but its own tags.
        let body = HTML(stringLiteral: CommonMark(article.markdown).html(firstHeading: 2))
        return "<article><h1>\(article.title)</h1><p>\(article.description)</p>\(author)\(body)</article>"
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
