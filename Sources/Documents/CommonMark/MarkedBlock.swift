/// A block of a text.
indirect enum MarkedBlock: Sendable {
    case heading(level: Int, text: String)
    case paragraph(String)
    case code(language: String, text: String)
    case quote([MarkedBlock])
    /// `start`: nil for bullets. Tight: without empty lines, and so without paragraphs.
    case list(start: Int?, isTight: Bool, items: [[MarkedBlock]])
    case rule

    func write(into html: inout String, headings: Int, isTight: Bool) {
        switch self {
        case .heading(let level, let text):
            let level = min(6, level + headings)
            html += "<h\(level)>\(MarkedInline.html(text))</h\(level)>\n"
        case .paragraph(let text):
            html += isTight ? MarkedInline.html(text) : "<p>\(MarkedInline.html(text))</p>\n"
        case .code(let language, let text):
            let word = language.prefix { !$0.isWhitespace }
            let name = word.isEmpty ? "" : " class=\"language-\(CommonMark.encoded(word))\""
            html += "<pre><code\(name)>\(CommonMark.encoded(text))</code></pre>\n"
        case .quote(let blocks):
            html += "<blockquote>\n"
            for block in blocks { block.write(into: &html, headings: headings, isTight: false) }
            html += "</blockquote>\n"
        case .list(let start, let isTight, let items):
            let tag = start == nil ? "ul" : "ol"
            let first = start.map { $0 == 1 ? "" : " start=\"\($0)\"" } ?? ""
            html += "<\(tag)\(first)>\n"
            for item in items { Self.write(item, into: &html, headings, isTight) }
            html += "</\(tag)>\n"
        case .rule: html += "<hr>\n"
        }
    }

    private static func write(_ item: [MarkedBlock], into html: inout String, _ headings: Int, _ isTight: Bool) {
        html += "<li>"
        for (at, block) in item.enumerated() {
            var isText = false
            if isTight, case .paragraph = block { isText = true }
            if !isText, html.last != "\n" { html += "\n" }
            block.write(into: &html, headings: headings, isTight: isTight)
            if isText, at < item.count - 1 { html += "\n" }
        }
        html += "</li>\n"
    }

    var plainText: String {
        switch self {
        case .heading(_, let text), .paragraph(let text): MarkedInline.plainText(text)
        case .code(_, let text): text
        case .quote(let blocks): blocks.map(\.plainText).joined(separator: "\n")
        case .list(_, _, let items): items.map { $0.map(\.plainText).joined(separator: "\n") }.joined(separator: "\n")
        case .rule: ""
        }
    }
}
