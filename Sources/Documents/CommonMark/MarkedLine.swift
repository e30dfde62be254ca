/// A line while blocks are found: its indent in columns, and what stands behind it.
struct MarkedLine: Equatable {
    /// Columns of white space at the start; a tab goes on to the next multiple of four.
    var indent: Int
    /// Behind the white space.
    var text: Substring

    init(_ line: Substring) {
        indent = 0
        var at = line.startIndex
        while at < line.endIndex {
            if line[at] == " " { indent += 1 } else if line[at] == "\t" { indent += 4 - indent % 4 } else { break }
            at = line.index(after: at)
        }
        text = line[at...]
    }

    var isBlank: Bool { text.isEmpty }

    /// The line moved to the left; it stays at the margin at least.
    func moved(by columns: Int) -> MarkedLine {
        var line = self
        line.indent = max(0, indent - columns)
        return line
    }

    /// With its indent as spaces.
    var whole: String { String(repeating: " ", count: isBlank ? 0 : indent) + text }
}

/// What a line begins, by the line alone.
enum LineStart: Equatable {
    case heading(level: Int, text: Substring)
    case fence(mark: Character, count: Int, info: String)
    case rule
    case quote(rest: MarkedLine)
    /// `content`: columns from the line's own margin to the item's text.
    case item(marker: ItemMarker, content: Int, rest: MarkedLine)

    init?(_ line: MarkedLine) {
        guard line.indent < 4, let first = line.text.first else { return nil }
        switch first {
        case "#": self.init(heading: line)
        case "`", "~": self.init(fence: line, first)
        case ">":
            var rest = MarkedLine(line.text.dropFirst())
            if rest.indent > 0 { rest = rest.moved(by: 1) }
            self = .quote(rest: rest)
        case "-", "*", "_", "+":
            if first != "+", Self.isRule(line.text, first) {
                self = .rule
            } else if first != "_" {
                self.init(line, ItemMarker.bullet(first), width: 1)
            } else {
                return nil
            }
        case "0"..."9": self.init(number: line)
        default: return nil
        }
    }

    private init?(heading line: MarkedLine) {
        let marks = line.text.prefix { $0 == "#" }
        let rest = line.text.dropFirst(marks.count)
        guard marks.count <= 6, rest.isEmpty || rest.first == " " || rest.first == "\t" else { return nil }
        var text = rest.trimmedSpaces
        let closing = text.reversed().prefix { $0 == "#" }.count
        if closing > 0 {
            let before = text.dropLast(closing)
            if before.isEmpty || before.last == " " || before.last == "\t" { text = before.trimmedSpaces }
        }
        self = .heading(level: marks.count, text: text)
    }

    private init?(fence line: MarkedLine, _ mark: Character) {
        let count = line.text.prefix { $0 == mark }.count
        let info = line.text.dropFirst(count).trimmedSpaces
        guard count >= 3, mark != "`" || !info.contains("`") else { return nil }
        self = .fence(mark: mark, count: count, info: String(info))
    }

    private init?(number line: MarkedLine) {
        let digits = line.text.prefix { $0.isASCII && $0.isNumber }
        guard digits.count <= 9, let number = Int(digits), let mark = line.text.dropFirst(digits.count).first,
            mark == "." || mark == ")"
        else { return nil }
        self.init(line, .ordered(number, mark), width: digits.count + 1)
    }

    private init?(_ line: MarkedLine, _ marker: ItemMarker, width: Int) {
        let behind = line.text.dropFirst(width)
        guard behind.isEmpty || behind.first == " " || behind.first == "\t" else { return nil }
        let rest = MarkedLine(behind)
        // Five spaces and more: one belongs to the marker, the rest is code.
        let gap = rest.isBlank ? 1 : rest.indent <= 4 ? rest.indent : 1
        let content = line.indent + width + gap
        self = .item(marker: marker, content: content, rest: rest.isBlank ? rest : rest.moved(by: gap))
    }

    /// Three or more of a mark and nothing else.
    private static func isRule(_ text: Substring, _ mark: Character) -> Bool {
        var count = 0
        for character in text {
            if character == mark { count += 1 } else if character != " ", character != "\t" { return false }
        }
        return count >= 3
    }

    /// Whether a line that could go on a paragraph ends it. A list may do so only with a text, and from 1.
    var interruptsParagraph: Bool {
        guard case .item(let marker, _, let rest) = self else { return true }
        if rest.isBlank { return false }
        if case .ordered(let number, _) = marker { return number == 1 }
        return true
    }
}

/// What an item of a list begins with.
enum ItemMarker: Equatable {
    case bullet(Character)
    case ordered(Int, Character)

    /// Whether two items are of one list.
    func isAlike(_ other: ItemMarker) -> Bool {
        switch (self, other) {
        case (.bullet(let first), .bullet(let second)): first == second
        case (.ordered(_, let first), .ordered(_, let second)): first == second
        default: false
        }
    }
}

extension Substring {
    var trimmedSpaces: Substring {
        var text = drop { $0 == " " || $0 == "\t" }
        while let last = text.last, last == " " || last == "\t" { text.removeLast() }
        return text
    }
}
