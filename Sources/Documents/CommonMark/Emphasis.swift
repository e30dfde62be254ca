/// Finds which marks belong together (CommonMark 0.31, 6.2), and writes what they are around.
enum Emphasis {
    static func html(_ nodes: ArraySlice<InlineNode>) -> String {
        let (openings, closings, left) = paired(nodes)
        var html = ""
        for (at, node) in nodes.enumerated() {
            // What ends here ends first; what begins here begins last, from the outside in.
            for tag in closings[at] { html += tag ? "</strong>" : "</em>" }
            switch node {
            case .text(let text): html += CommonMark.encoded(text)
            case .code(let text): html += "<code>\(CommonMark.encoded(text))</code>"
            case .lineBreak(let isHard): html += isHard ? "<br>\n" : "\n"
            case .link(let address, let title, let inner): html += link(address, title, inner)
            case .marks(let mark, _, _, _): html += String(repeating: Character(mark), count: left[at])
            case .bracket(let isImage): html += isImage ? "![" : "["
            }
            for tag in openings[at].reversed() { html += tag ? "<strong>" : "<em>" }
        }
        return html
    }

    /// Without marks.
    static func text(_ nodes: ArraySlice<InlineNode>) -> String {
        let (_, _, left) = paired(nodes)
        var text = ""
        for (at, node) in nodes.enumerated() {
            switch node {
            case .text(let part), .code(let part): text += part
            case .lineBreak: text += " "
            case .link(_, _, let inner): text += self.text(inner[...])
            case .marks(let mark, _, _, _): text += String(repeating: Character(mark), count: left[at])
            case .bracket(let isImage): text += isImage ? "![" : "["
            }
        }
        return text
    }

    private static func link(_ address: String, _ title: String?, _ inner: [InlineNode]) -> String {
        let text = html(inner[...])
        guard let href = LinkTarget.href(address) else { return text }
        let shown = title.map { " title=\"\(CommonMark.encoded($0))\"" } ?? ""
        return "<a href=\"\(href)\"\(shown)>\(text)</a>"
    }

    private struct Run {
        let at: Int
        let mark: Unicode.Scalar
        let original: Int
        var count: Int
        let opens: Bool
        let closes: Bool
    }

    /// For each node: what begins behind it (inside out; true: strong), what ends before it, and how many marks stay marks.
    private static func paired(
        _ nodes: ArraySlice<InlineNode>
    ) -> (openings: [[Bool]], closings: [[Bool]], left: [Int]) {
        var openings = [[Bool]](repeating: [], count: nodes.count)
        var closings = openings
        var left = [Int](repeating: 0, count: nodes.count)
        // Runs that may still begin something.
        var open: [Run] = []
        // Below these no beginning was found before, for each kind of end.
        var bottoms: [Int: Int] = [:]
        for (at, node) in nodes.enumerated() {
            guard case .marks(let mark, let count, let opens, let closes) = node else { continue }
            var run = Run(at: at, mark: mark, original: count, count: count, opens: opens, closes: closes)
            while run.closes, run.count > 0 {
                let kind = (mark == "*" ? 0 : 6) + (opens ? 3 : 0) + run.original % 3
                let bottom = bottoms[kind] ?? 0
                guard let index = open.lastIndex(where: { $0.at >= bottom && fits($0, run) }) else {
                    bottoms[kind] = at
                    break
                }
                // What lies between has no end any more.
                for other in open[(index + 1)...] { left[other.at] = other.count }
                open.removeLast(open.count - index - 1)
                let isStrong = open[index].count >= 2 && run.count >= 2
                openings[open[index].at].append(isStrong)
                closings[at].append(isStrong)
                open[index].count -= isStrong ? 2 : 1
                run.count -= isStrong ? 2 : 1
                if open[index].count == 0 { open.removeLast() }
            }
            if run.opens, run.count > 0 { open.append(run) } else { left[at] = run.count }
        }
        for run in open { left[run.at] = run.count }
        return (openings, closings, left)
    }

    /// Whether a run begins what another ends; the rule of three keeps `**a*b*` from being read two ways.
    private static func fits(_ opener: Run, _ closer: Run) -> Bool {
        guard opener.mark == closer.mark else { return false }
        guard opener.closes || closer.opens else { return true }
        return (opener.original + closer.original) % 3 != 0 || opener.original % 3 == 0 && closer.original % 3 == 0
    }
}
