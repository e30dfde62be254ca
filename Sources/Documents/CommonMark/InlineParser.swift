/// Cuts a text into pieces, from left to right.
struct InlineParser {
    private let text: [Unicode.Scalar]
    private var at = 0
    private(set) var nodes: [InlineNode] = []
    private var plain = ""
    /// Where the nodes of open brackets are, and whether they may still become a link.
    private var brackets: [(node: Int, mayLink: Bool)] = []
    /// Where runs of so many backticks begin, last first.
    private var ticks: [Int: [Int]] = [:]

    init(_ text: [Unicode.Scalar]) {
        self.text = text
        var at = text.count
        while at > 0 {
            let end = at
            while at > 0, text[at - 1] == "`" { at -= 1 }
            if at < end { ticks[end - at, default: []].append(at) } else { at -= 1 }
        }
    }

    mutating func parse() {
        while at < text.count {
            switch text[at] {
            case "\\": escape()
            case "`": code()
            case "*", "_": marks()
            case "[": open(isImage: false)
            case "!" where peek(1) == "[": open(isImage: true)
            case "]": close()
            case "<": automaticLink()
            case "&": entity()
            case "\n": lineBreak()
            default: take(1)
            }
        }
        flush()
    }

    private func peek(_ offset: Int) -> Unicode.Scalar? { at + offset < text.count ? text[at + offset] : nil }

    private mutating func take(_ count: Int) {
        for scalar in text[at..<min(text.count, at + count)] { plain.unicodeScalars.append(scalar) }
        at += count
    }

    private mutating func flush() {
        if !plain.isEmpty { nodes.append(.text(plain)) }
        plain = ""
    }

    private mutating func add(_ node: InlineNode) {
        flush()
        nodes.append(node)
    }

    private mutating func escape() {
        if let next = peek(1), next.isASCIIPunctuation {
            at += 1
            take(1)
        } else if peek(1) == "\n" {
            at += 1
            lineBreak(isHard: true)
        } else {
            take(1)
        }
    }

    private mutating func lineBreak(isHard: Bool = false) {
        var spaces = 0
        while plain.unicodeScalars.last == " " {
            plain.unicodeScalars.removeLast()
            spaces += 1
        }
        add(.lineBreak(isHard: isHard || spaces >= 2))
        at += 1
        while at < text.count, text[at] == " " || text[at] == "\t" { at += 1 }
    }

    private mutating func code() {
        let start = at
        var count = 0
        while peek(count) == "`" { count += 1 }
        var runs = ticks[count] ?? []
        while let run = runs.last, run <= start { runs.removeLast() }
        ticks[count] = runs
        guard let end = runs.last else { return take(count) }
        var inner = text[(start + count)..<end].map { $0 == "\n" ? " " : $0 }
        if inner.count > 2, inner.first == " ", inner.last == " ", inner.contains(where: { $0 != " " }) {
            inner = Array(inner.dropFirst().dropLast())
        }
        add(.code(String(String.UnicodeScalarView(inner))))
        at = end + count
    }

    private mutating func marks() {
        let mark = text[at]
        var count = 0
        while peek(count) == mark { count += 1 }
        let before = at > 0 ? text[at - 1] : "\n"
        let after = peek(count) ?? "\n"
        let leftFlanking =
            !after.isSpace && (!after.isMarkPunctuation || before.isSpace || before.isMarkPunctuation)
        let rightFlanking =
            !before.isSpace && (!before.isMarkPunctuation || after.isSpace || after.isMarkPunctuation)
        var (opens, closes) = (leftFlanking, rightFlanking)
        if mark == "_" {
            // Inside a word an underscore is an underscore.
            opens = leftFlanking && (!rightFlanking || before.isMarkPunctuation)
            closes = rightFlanking && (!leftFlanking || after.isMarkPunctuation)
        }
        add(.marks(mark, count: count, opens: opens, closes: closes))
        at += count
    }

    private mutating func open(isImage: Bool) {
        add(.bracket(isImage: isImage))
        brackets.append((nodes.count - 1, true))
        at += isImage ? 2 : 1
    }

    private mutating func close() {
        guard let (opener, mayLink) = brackets.popLast() else { return take(1) }
        guard mayLink, let target = LinkTarget(text, at + 1) else { return take(1) }
        flush()
        let inner = Array(nodes[(opener + 1)...])
        let opening = nodes[opener]
        nodes.removeLast(nodes.count - opener)
        at = target.end
        if case .bracket(isImage: true) = opening {
            // Of an image its description is shown.
            nodes.append(.text(Emphasis.text(inner[...])))
            return
        }
        // A link holds no link.
        for index in brackets.indices {
            if case .bracket(isImage: false) = nodes[brackets[index].node] { brackets[index].mayLink = false }
        }
        nodes.append(.link(address: target.address, title: target.title, inner: inner))
    }

    /// `<https://example.com>`, `<ann@example.com>`
    private mutating func automaticLink() {
        let limit = min(text.count, at + 1000)
        guard let end = text[at..<limit].firstIndex(of: ">") else { return take(1) }
        let inner = text[(at + 1)..<end]
        guard !inner.isEmpty, !inner.contains(where: { $0.value <= 32 || $0 == "<" }) else { return take(1) }
        let address = String(String.UnicodeScalarView(inner))
        if LinkTarget.scheme(of: address) != nil {
            add(.link(address: address, title: nil, inner: [.text(address)]))
        } else if LinkTarget.isMail(address) {
            add(.link(address: "mailto:" + address, title: nil, inner: [.text(address)]))
        } else {
            return take(1)
        }
        at = end + 1
    }

    private mutating func entity() {
        let limit = min(text.count, at + 12)
        guard let end = text[at..<limit].firstIndex(of: ";"),
            let scalar = Entity.scalar(String(String.UnicodeScalarView(text[(at + 1)..<end])))
        else { return take(1) }
        plain.unicodeScalars.append(scalar)
        at = end + 1
    }
}

/// The character references that people type; others stay as they are.
private enum Entity {
    static func scalar(_ name: String) -> Unicode.Scalar? {
        if name.hasPrefix("#") {
            let digits = name.dropFirst()
            let isHex = digits.first == "x" || digits.first == "X"
            guard let value = UInt32(isHex ? digits.dropFirst() : digits, radix: isHex ? 16 : 10) else { return nil }
            return value == 0 ? "\u{FFFD}" : Unicode.Scalar(value) ?? "\u{FFFD}"
        }
        return names[name]
    }

    private static let names: [String: Unicode.Scalar] = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{A0}", "copy": "©", "reg": "®",
        "trade": "™", "hellip": "…", "mdash": "—", "ndash": "–", "lsquo": "‘", "rsquo": "’", "ldquo": "“",
        "rdquo": "”", "bull": "•", "middot": "·", "euro": "€", "pound": "£", "sect": "§", "deg": "°", "times": "×",
    ]
}

extension Unicode.Scalar {
    var isASCIIPunctuation: Bool {
        switch value {
        case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: true
        default: false
        }
    }

    fileprivate var isSpace: Bool { properties.isWhitespace }

    /// Punctuation and symbols, as the rules for emphasis count them.
    fileprivate var isMarkPunctuation: Bool {
        if isASCIIPunctuation { return true }
        switch properties.generalCategory {
        case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
            .finalPunctuation, .otherPunctuation, .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol:
            return true
        default: return false
        }
    }
}
