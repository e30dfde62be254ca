/// Blocks on pages: breaks lines and pages, and writes down what is drawn where. Heights count from the foot of the page.
struct PDFLayout {
    let paper: PDFDocument.Paper
    var regular: PDFTypeface
    var bold: PDFTypeface
    /// The content of each page, as operators.
    private(set) var pages: [String] = [""]
    /// Where the next line may begin.
    var top: Double

    init(_ paper: PDFDocument.Paper, regular: PDFTypeface, bold: PDFTypeface) {
        self.paper = paper
        self.regular = regular
        self.bold = bold
        top = paper.height - paper.margin
    }

    var left: Double { paper.margin }
    var width: Double { max(36, paper.width - 2 * paper.margin) }
    /// Below it no line may go; the label of the page is under it.
    var bottom: Double { paper.margin + 18 }
    /// From the top of a page to its bottom.
    var room: Double { paper.height - paper.margin - bottom }
    private var isAtTop: Bool { top >= paper.height - paper.margin - 0.01 }

    mutating func set(_ blocks: [PDFBlock]) {
        for block in blocks {
            switch block {
            case .heading(let text, let level): setHeading(text, level)
            case .paragraph(let text, let style):
                setLines(text, style)
                top -= 4
            case .table(let table): set(table)
            case .rule:
                need(12)
                draw("0.7 G 0.5 w \(n(left)) \(n(top - 5)) m \(n(left + width)) \(n(top - 5)) l S 0 G")
                top -= 12
            case .space(let points): if !isAtTop { top -= points }
            case .code(let code, let side): set(code, side)
            case .pageBreak: if !isAtTop { newPage() }
            }
        }
    }

    /// The labels come last, when the pages are counted.
    mutating func setLabels(_ label: (@Sendable (Int, Int) -> String)?) {
        guard let label else { return }
        for page in pages.indices {
            let line = ShownText(label(page + 1, pages.count)).scalars.filter { $0 != "\n" && regular.shows($0) }
            let x = left + (width - regular.width(line, size: 8)) / 2
            pages[page] += "BT 0.4 g /F1 8 Tf \(n(x)) \(n(paper.margin)) Td \(regular.string(line)) Tj ET 0 g\n"
        }
    }

    private mutating func setHeading(_ text: String, _ level: Int) {
        let size = [20.0, 14.5, 11.5][level - 1]
        if !isAtTop { top -= size * 0.7 }
        // With two lines of what follows.
        need(size * 1.3 + 34)
        setLines(text, PDFTextStyle(size: size, isBold: true))
        top -= size * 0.3
    }

    private mutating func setLines(_ text: String, _ style: PDFTextStyle) {
        for line in lines(text, style.size, isBold: style.isBold, width: width) {
            need(style.size * 1.35)
            drawLine(line, style, x: left, width: width, top: top)
            top -= style.size * 1.35
        }
    }

    private mutating func set(_ code: QRCode, _ side: Double) {
        let side = min(side, width, room)
        need(side)
        let module = side / Double(code.size + 8)
        var path = ""
        for row in 0..<code.size {
            var column = 0
            while column < code.size {
                guard code.isDark(column, row) else {
                    column += 1
                    continue
                }
                let start = column
                while code.isDark(column, row) { column += 1 }
                let (x, y) = (left + Double(start + 4) * module, top - Double(row + 5) * module)
                path += "\(n(x)) \(n(y)) \(n(Double(column - start) * module)) \(n(module)) re "
            }
        }
        draw("1 g \(n(left)) \(n(top - side)) \(n(side)) \(n(side)) re f 0 g \(path)f")
        top -= side
    }

    // MARK: Drawing

    /// Makes sure of so much room, on a new page if need be.
    mutating func need(_ height: Double) { if top - height < bottom, !isAtTop { newPage() } }

    mutating func newPage() {
        pages.append("")
        top = paper.height - paper.margin
    }

    mutating func draw(_ operators: String) { pages[pages.count - 1] += operators + "\n" }

    /// Draws a line whose upper edge is at a height.
    mutating func drawLine(
        _ line: [Unicode.Scalar], _ style: PDFTextStyle, x: Double, width: Double, top: Double
    ) {
        guard !line.isEmpty else { return }
        let measured = (style.isBold ? bold : regular).width(line, size: style.size)
        let start =
            switch style.alignment {
            case .left: x
            case .center: x + (width - measured) / 2
            case .right: x + width - measured
            }
        let string = style.isBold ? bold.string(line) : regular.string(line)
        let font = style.isBold ? "/F2" : "/F1"
        draw(
            "BT \(n(style.gray)) g \(font) \(n(style.size)) Tf \(n(start)) \(n(top - style.size)) Td \(string) Tj ET 0 g"
        )
    }

    func lines(_ text: String, _ size: Double, isBold: Bool, width: Double) -> [[Unicode.Scalar]] {
        TextLines.broken(ShownText(text).scalars, isBold ? bold : regular, size: size, width: width)
    }

    /// A number as content streams write it.
    func n(_ value: Double) -> String { PDFWriter.number(value) }
}
