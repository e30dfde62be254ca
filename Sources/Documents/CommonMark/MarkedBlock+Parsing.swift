extension MarkedBlock {
    /// Quotes and lists inside each other; what lies deeper is text.
    private static let deepest = 24

    static func parsed(_ lines: [MarkedLine], depth: Int) -> [MarkedBlock] { parsedWithGaps(lines, depth).blocks }

    /// The blocks, and whether empty lines part them: those inside a block do not count.
    private static func parsedWithGaps(
        _ lines: [MarkedLine], _ depth: Int
    ) -> (blocks: [MarkedBlock], hasGaps: Bool) {
        var blocks: [MarkedBlock] = []
        var hasGaps = false
        var at = 0
        while at < lines.count {
            let line = lines[at]
            if line.isBlank {
                at += 1
                continue
            }
            if !blocks.isEmpty, lines[at - 1].isBlank { hasGaps = true }
            if line.indent >= 4 {
                blocks.append(indentedCode(lines, &at))
                continue
            }
            switch LineStart(line) {
            case .heading(let level, let text):
                blocks.append(.heading(level: level, text: String(text)))
                at += 1
            case .fence(let mark, let count, let info):
                blocks.append(fencedCode(lines, &at, mark, count, info))
            case .rule:
                blocks.append(.rule)
                at += 1
            case .quote where depth < deepest: blocks.append(quote(lines, &at, depth))
            case .item(let marker, _, _) where depth < deepest: blocks.append(list(lines, &at, marker, depth))
            case .quote, .item, nil: blocks.append(paragraph(lines, &at))
            }
        }
        return (blocks, hasGaps)
    }

    private static func paragraph(_ lines: [MarkedLine], _ at: inout Int) -> MarkedBlock {
        var texts = [lines[at].text]
        at += 1
        while at < lines.count, !lines[at].isBlank {
            let line = lines[at]
            if line.indent < 4 {
                if let level = underline(line) {
                    at += 1
                    return .heading(level: level, text: joined(texts))
                }
                if LineStart(line)?.interruptsParagraph == true { break }
            }
            texts.append(line.text)
            at += 1
        }
        return .paragraph(joined(texts))
    }

    private static func joined(_ texts: [Substring]) -> String {
        var text = texts.joined(separator: "\n")
        while let last = text.last, last == " " || last == "\t" { text.removeLast() }
        return text
    }

    /// The level of the heading that the lines before become by `===` or `---`.
    private static func underline(_ line: MarkedLine) -> Int? {
        let text = line.text.trimmedSpaces
        if text.allSatisfy({ $0 == "=" }) { return 1 }
        return text.allSatisfy { $0 == "-" } ? 2 : nil
    }

    private static func indentedCode(_ lines: [MarkedLine], _ at: inout Int) -> MarkedBlock {
        var texts: [String] = []
        while at < lines.count, lines[at].isBlank || lines[at].indent >= 4 {
            texts.append(lines[at].moved(by: 4).whole)
            at += 1
        }
        while texts.last == "" { texts.removeLast() }
        return .code(language: "", text: texts.map { $0 + "\n" }.joined())
    }

    private static func fencedCode(
        _ lines: [MarkedLine], _ at: inout Int, _ mark: Character, _ count: Int, _ info: String
    ) -> MarkedBlock {
        let margin = lines[at].indent
        var text = ""
        at += 1
        while at < lines.count {
            let line = lines[at]
            at += 1
            let marks = line.text.prefix { $0 == mark }.count
            if line.indent < 4, marks >= count, line.text.dropFirst(marks).trimmedSpaces.isEmpty { break }
            text += line.moved(by: margin).whole + "\n"
        }
        return .code(language: info, text: text)
    }

    private static func quote(_ lines: [MarkedLine], _ at: inout Int, _ depth: Int) -> MarkedBlock {
        var inner: [MarkedLine] = []
        while at < lines.count {
            let line = lines[at]
            if case .quote(let rest)? = LineStart(line) {
                inner.append(rest)
            } else if goesOn(line, after: inner.last) {
                inner.append(line)
            } else {
                break
            }
            at += 1
        }
        return .quote(parsed(inner, depth: depth + 1))
    }

    /// Whether a line without a mark goes on the paragraph before it.
    private static func goesOn(_ line: MarkedLine, after last: MarkedLine?) -> Bool {
        guard let last, !last.isBlank, !line.isBlank, last.indent < 4 else { return false }
        switch LineStart(last) {
        case .heading, .fence, .rule: return false
        case .quote, .item, nil: break
        }
        return line.indent >= 4 || LineStart(line) == nil
    }

    private static func list(
        _ lines: [MarkedLine], _ at: inout Int, _ first: ItemMarker, _ depth: Int
    ) -> MarkedBlock {
        var items: [[MarkedBlock]] = []
        var isTight = true
        while at < lines.count, case .item(let marker, let content, let rest)? = LineStart(lines[at]),
            marker.isAlike(first)
        {
            var inner = [rest]
            at += 1
            while at < lines.count {
                let line = lines[at]
                if line.isBlank {
                    // An item that begins with an empty line ends with the next.
                    if inner.allSatisfy(\.isBlank) { break }
                    inner.append(line)
                } else if line.indent >= content {
                    inner.append(line.moved(by: content))
                } else if goesOn(line, after: inner.last) {
                    inner.append(line)
                } else {
                    break
                }
                at += 1
            }
            var ended = 0
            while inner.count > 1, inner.last?.isBlank == true {
                inner.removeLast()
                ended += 1
            }
            let parts = parsedWithGaps(inner, depth + 1)
            if parts.hasGaps { isTight = false }
            items.append(parts.blocks)
            while at < lines.count, lines[at].isBlank {
                at += 1
                ended += 1
            }
            // Empty lines before another item of the list.
            if ended > 0, at < lines.count, case .item(let next, _, _)? = LineStart(lines[at]), next.isAlike(first) {
                isTight = false
            }
        }
        var start: Int?
        if case .ordered(let number, _) = first { start = number }
        return .list(start: start, isTight: isTight, items: items)
    }
}
