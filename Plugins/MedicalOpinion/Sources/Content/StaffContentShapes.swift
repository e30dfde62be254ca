internal import PluginAPI

/// All that is in the folder.
struct StaffContent: Described {
    let articles: [StaffArticle]
    let broken: [BrokenContent]
    static let schema = Schema<StaffContent>.object(
        StaffContent.init(articles:broken:), Field("articles", \.articles, .list(StaffArticle.schema)),
        Field("broken", \.broken, .list(BrokenContent.schema), note: "Files that are no articles, and why"))
}

/// An article, as the company sees it.
struct StaffArticle: Described {
    let id: String
    let file: String
    let type: String
    let title: String
    let description: String
    let url: String
    let tags: [String]
    let specialties: [String]
    let author: Article.Author?
    let published: Bool
    let featured: Bool
    let reads: Int
    let readersIn30Days: Int

    static let schema = Schema<StaffArticle>.object(
        StaffArticle.init(
            id:file:type:title:description:url:tags:specialties:author:published:featured:reads:readersIn30Days:),
        Field("id", \.id, .string(1...128)), Field("file", \.file, .string(1...128)), Field("type", \.type, .word),
        Field("title", \.title, .string(1...200)), Field("description", \.description, .string(1...500)),
        Field("url", \.url, .string(1...200)), Field("tags", \.tags, .list(.string(1...64))),
        Field("specialties", \.specialties, .list(.string(1...64))),
        .leftOutWhenNil("author", \.author, .optional(Article.Author.schema)),
        Field("published", \.published, .bool), Field("featured", \.featured, .bool),
        Field("reads", \.reads, .tally, note: "In the last 400 days; once a day of each reader"),
        Field("readersIn30Days", \.readersIn30Days, .tally))
}

extension StaffArticle {
    init(_ article: Article, _ state: ContentState?, _ reading: (reads: Int, readers: Int)?) {
        self.init(
            id: article.id, file: article.slug + ".md", type: article.type, title: article.title,
            description: article.description, url: "/education/\(article.slug)", tags: article.tags,
            specialties: article.specialties, author: article.author, published: state?.isPublished ?? true,
            featured: state?.isFeatured ?? false, reads: reading?.reads ?? 0, readersIn30Days: reading?.readers ?? 0)
    }
}

/// A file that is no article.
struct BrokenContent: Described {
    let file: String
    let line: Int?
    let message: String
    static let schema = Schema<BrokenContent>.object(
        BrokenContent.init(file:line:message:), Field("file", \.file, .string(1...300)),
        Field("line", \.line, .optional(.int(1...1_000_000))), Field("message", \.message, .string(1...1000)))
}

/// An article with its text.
struct StaffPreview: Described {
    let content: StaffArticle
    let html: String
    static let schema = Schema<StaffPreview>.object(
        StaffPreview.init(content:html:), Field("content", \.content, StaffArticle.schema),
        Field("html", \.html, .string(0...1_000_000)))
}

/// What is to be otherwise with an article.
struct ContentChange: Described {
    let id: String
    let published: Bool?
    let featured: Bool?
    static let schema = Schema<ContentChange>.object(
        ContentChange.init(id:published:featured:), Field("id", \.id, .string(1...128), in: .path),
        Field("published", \.published, .optional(.bool), note: "Whether readers see it"),
        Field("featured", \.featured, .optional(.bool), note: "Whether it is put in front"))
}
