/// Text in a part of CommonMark (0.31): headings, paragraphs, emphasis, links, lists, code, block quotes, breaks. What it
/// gives can stand in a page as it is: everything is encoded, HTML in the text is text, and links go nowhere but to
/// `http`, `https`, `mailto`, `tel` and relative addresses.
///
/// Left out: HTML, images (their description is shown), link references, and footnotes or tables of other dialects.
public struct CommonMark: Sendable {
    /// Bytes of a text that are read; the rest is left out.
    public static let limit = 1 << 20

    private let blocks: [MarkedBlock]

    public init(_ text: String) {
        var lines: [Substring] = []
        var rest = Substring(text.utf8.count <= Self.limit ? text : String(text.prefix(Self.limit)))
        // Whatever ends a line on any system.
        while let end = rest.firstIndex(where: { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }) {
            lines.append(rest[..<end])
            rest = rest[rest.index(after: end)...]
        }
        // Behind the last end of a line there is no line.
        if !rest.isEmpty { lines.append(rest) }
        blocks = MarkedBlock.parsed(lines.map { MarkedLine($0) }, depth: 0)
    }

    /// The text as HTML.
    ///
    /// - Parameter firstHeading: the level of `#`, 1 to 6, so that a text fits under a page's own headings.
    public func html(firstHeading: Int = 1) -> String {
        var html = ""
        for block in blocks { block.write(into: &html, headings: min(6, max(1, firstHeading)) - 1, isTight: false) }
        return html
    }

    /// The text without marks, for summaries and searches.
    public var plainText: String { blocks.map(\.plainText).filter { !$0.isEmpty }.joined(separator: "\n") }

    static func encoded(_ text: some StringProtocol) -> String {
        var result = ""
        for scalar in text.unicodeScalars { result += encoded(scalar) }
        return result
    }

    static func encoded(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "&": "&amp;"
        case "<": "&lt;"
        case ">": "&gt;"
        case "\"": "&quot;"
        case "\u{0}": "\u{FFFD}"
        default: String(Character(scalar))
        }
    }
}
