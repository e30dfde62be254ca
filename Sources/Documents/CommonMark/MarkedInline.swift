/// Text inside a block: emphasis, code, links, escapes and breaks (CommonMark 0.31, chapter 6).
enum MarkedInline {
    static func html(_ text: String) -> String {
        var parser = InlineParser(Array(text.unicodeScalars))
        parser.parse()
        return Emphasis.html(parser.nodes[...])
    }

    /// Without marks.
    static func plainText(_ text: String) -> String {
        var parser = InlineParser(Array(text.unicodeScalars))
        parser.parse()
        return Emphasis.text(parser.nodes[...])
    }
}

/// A piece of a text.
enum InlineNode {
    /// Plain text.
    case text(String)
    /// Code between backticks.
    case code(String)
    /// A new line in the text; hard: it is one on the page too.
    case lineBreak(isHard: Bool)
    /// What is between is a link to an address.
    case link(address: String, title: String?, inner: [InlineNode])
    /// Stars or underscores that may begin or end emphasis.
    case marks(Unicode.Scalar, count: Int, opens: Bool, closes: Bool)
    /// A bracket that may begin a link, or an image's description.
    case bracket(isImage: Bool)
}
