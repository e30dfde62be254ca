public import Time

/// A document of pages, made of blocks that follow one another: headings, paragraphs, tables, lines, QR codes.
///
///     var pdf = PDFDocument(title: "Your visit", language: "en", created: call.now)
///     pdf.heading("Your visit")
///     pdf.paragraph("Monday, 1 June 2026, 09:30")
///     let bytes = try pdf.bytes(fonts: PDFFonts(embedded: font))
///
/// The same document has the same bytes. What is in Latin-1 is set in fonts that every reader has; anything beyond in the
/// embedded ones, of which the file holds what it uses; what neither can show is refused as ``PDFUnshowable``.
public struct PDFDocument: Sendable {
    /// A page's size and margins in points (1/72 inch).
    public struct Paper: Sendable, Equatable {
        public var width: Double
        public var height: Double
        public var margin: Double

        public init(width: Double, height: Double, margin: Double) {
            self.width = width
            self.height = height
            self.margin = margin
        }

        public static let a4 = Paper(width: 595.28, height: 841.89, margin: 56)
        public static let letter = Paper(width: 612, height: 792, margin: 54)
    }

    /// Shown by readers above the window, and found by searches.
    public var title: String
    public var author: String?
    /// BCP 47: `en`, `de-AT`.
    public var language: String
    public var created: Instant
    public var paper: Paper
    /// At the foot of each page: its number, and how many there are. Nil: nothing.
    public var pageLabel: (@Sendable (Int, Int) -> String)? = { "\($0) / \($1)" }
    private(set) var blocks: [PDFBlock] = []

    public init(title: String, author: String? = nil, language: String, created: Instant, paper: Paper = .a4) {
        self.title = title
        self.author = author
        self.language = language
        self.created = created
        self.paper = paper
    }

    /// Adds a heading; it stays on one page with what follows it.
    ///
    /// - Parameter level: 1 to 3.
    public mutating func heading(_ text: String, level: Int = 1) {
        blocks.append(.heading(text, level: min(3, max(1, level))))
    }

    /// Adds a paragraph, broken into lines at spaces and line feeds.
    public mutating func paragraph(_ text: String, style: PDFTextStyle = PDFTextStyle()) {
        blocks.append(.paragraph(text, style))
    }

    /// Adds a table. Its header is repeated on each page.
    public mutating func table(_ table: PDFTable) { blocks.append(.table(table)) }

    /// Adds a thin line from margin to margin.
    public mutating func rule() { blocks.append(.rule) }

    /// Adds an empty space, dropped at the top of a page.
    public mutating func space(_ points: Double) { blocks.append(.space(max(0, points))) }

    /// Adds a QR code, with its quiet zone.
    ///
    /// - Parameter side: in points; at most as wide as the text.
    public mutating func code(_ code: QRCode, side: Double = 110) { blocks.append(.code(code, side: side)) }

    /// Begins a new page.
    public mutating func pageBreak() { blocks.append(.pageBreak) }

    /// The file (PDF 1.7, ISO 32000-1).
    ///
    /// - Throws: ``PDFUnshowable``; ``TrueTypeFont/Unreadable`` for a font whose outlines turn out to be broken.
    public func bytes(fonts: PDFFonts) throws -> [UInt8] {
        let typefaces = try typefaces(fonts)
        var layout = PDFLayout(paper, regular: typefaces.regular, bold: typefaces.bold)
        layout.set(blocks)
        layout.setLabels(pageLabel)
        return try PDFWriter.file(self, layout)
    }

    /// Base fonts when they can show everything, else the embedded ones when those can.
    private func typefaces(_ fonts: PDFFonts) throws(PDFUnshowable) -> (regular: PDFTypeface, bold: PDFTypeface) {
        var characters: Set<Unicode.Scalar> = []
        for text in blocks.flatMap(\.texts) { characters.formUnion(ShownText(text).scalars) }
        if let pageLabel { characters.formUnion(ShownText(pageLabel(1, 1)).scalars) }
        characters.remove("\n")
        var candidates = [(PDFTypeface(source: .base(fonts.regular)), PDFTypeface(source: .base(fonts.bold)))]
        if let (regular, bold) = fonts.embedded {
            candidates.append(
                (
                    PDFTypeface(source: .embedded(regular, TrueTypeSubset(regular))),
                    PDFTypeface(source: .embedded(bold, TrueTypeSubset(bold)))
                ))
        }
        var missing = characters
        for (regular, bold) in candidates {
            missing = characters.filter { !regular.shows($0) || !bold.shows($0) }
            if missing.isEmpty { return (regular, bold) }
        }
        throw PDFUnshowable(characters: Array(missing.sorted().prefix(20)))
    }
}
