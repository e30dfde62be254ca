/// How a paragraph is set.
public struct PDFTextStyle: Sendable, Equatable {
    public enum Alignment: Sendable { case left, center, right }

    /// In points.
    public var size: Double
    public var isBold: Bool
    public var alignment: Alignment
    /// How dark: 0 black, 1 white.
    public var gray: Double

    public init(size: Double = 10.5, isBold: Bool = false, alignment: Alignment = .left, gray: Double = 0) {
        self.size = min(200, max(2, size))
        self.isBold = isBold
        self.alignment = alignment
        self.gray = min(1, max(0, gray))
    }
}

/// Rows of cells under a header.
public struct PDFTable: Sendable, Equatable {
    public struct Column: Sendable, Equatable {
        /// Empty titles in all columns: no header.
        public var title: String
        /// Its share of the width, beside the others'.
        public var share: Double
        public var alignment: PDFTextStyle.Alignment

        public init(_ title: String, share: Double = 1, alignment: PDFTextStyle.Alignment = .left) {
            self.title = title
            self.share = max(0.01, share)
            self.alignment = alignment
        }
    }

    public var columns: [Column]
    /// Cells by row; what a row lacks is empty, what it has too much is left out.
    public var rows: [[String]]

    public init(columns: [Column], rows: [[String]]) {
        self.columns = columns
        self.rows = rows
    }
}

/// A part of a document.
enum PDFBlock: Sendable {
    case heading(String, level: Int)
    case paragraph(String, PDFTextStyle)
    case table(PDFTable)
    case rule
    case space(Double)
    case code(QRCode, side: Double)
    case pageBreak

    /// All that is to be read in it.
    var texts: [String] {
        switch self {
        case .heading(let text, _), .paragraph(let text, _): [text]
        case .table(let table): table.columns.map(\.title) + table.rows.flatMap { $0 }
        case .rule, .space, .code, .pageBreak: []
        }
    }
}
