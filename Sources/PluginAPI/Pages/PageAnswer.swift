/// What a page shows, where it is not just the page as declared.
public struct PageAnswer: PageContent {
    /// The page's main content.
    public let main: HTML
    /// 200; or what tells programs that there is nothing of the kind, such as 404.
    public let status: Int
    /// In the place of the page's declared title.
    public let title: String?
    /// Of the words; the tenant's when nil. Screen readers are told.
    public let language: Language?

    public init(_ main: HTML, status: Int = 200, title: String? = nil, language: Language? = nil) {
        self.main = main
        self.status = status
        self.title = title
        self.language = language
    }

    public var answer: PageAnswer { self }
}

/// What the handler of a page may answer.
public protocol PageContent: Sendable {
    var answer: PageAnswer { get }
}

extension HTML: PageContent {
    public var answer: PageAnswer { PageAnswer(self) }
}
