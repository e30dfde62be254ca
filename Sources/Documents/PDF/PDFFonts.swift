/// The fonts a document is set in. Base fonts show what is in Latin-1; anything beyond is set in the embedded ones, all of
/// the document, so that it looks like one.
public struct PDFFonts: Sendable {
    var regular: PDFBaseFont
    var bold: PDFBaseFont
    /// Regular and bold.
    var embedded: (regular: TrueTypeFont, bold: TrueTypeFont)?

    /// - Parameters:
    ///   - embedded: shows what the base fonts cannot; without it, such text is refused.
    ///   - embeddedBold: its bold; the same font without one.
    public init(
        regular: PDFBaseFont = .helvetica, bold: PDFBaseFont = .helveticaBold, embedded: TrueTypeFont? = nil,
        embeddedBold: TrueTypeFont? = nil
    ) {
        self.regular = regular
        self.bold = bold
        self.embedded = embedded.map { ($0, embeddedBold ?? $0) }
    }
}

/// One of a document's two fonts while it is set: what characters measure, and the bytes that show them.
struct PDFTypeface {
    enum Source {
        case base(PDFBaseFont)
        case embedded(TrueTypeFont, TrueTypeSubset)
    }

    var source: Source

    /// Whether it can show a character.
    func shows(_ scalar: Unicode.Scalar) -> Bool {
        switch source {
        case .base: WinAnsi.byte(scalar) != nil
        case .embedded(let font, _): font.glyphs[scalar.value] != nil && !ShownText.needsShaping(scalar)
        }
    }

    /// The advance of a character in thousandths of the font's size.
    func width(_ scalar: Unicode.Scalar) -> Int {
        switch source {
        case .base(let font): WinAnsi.byte(scalar).map(font.width) ?? 0
        case .embedded(let font, _): font.glyphs[scalar.value].map(font.width) ?? 0
        }
    }

    /// The width of a line in points.
    func width(_ line: some Sequence<Unicode.Scalar>, size: Double) -> Double {
        Double(line.reduce(0) { $0 + width($1) }) * size / 1000
    }

    /// The string of a content stream that shows a line.
    mutating func string(_ line: some Sequence<Unicode.Scalar>) -> String {
        var hex = "<"
        switch source {
        case .base:
            for scalar in line { if let byte = WinAnsi.byte(scalar) { hex += PDFWriter.hex(Int(byte), digits: 2) } }
        case .embedded(let font, var subset):
            for scalar in line {
                if let glyph = subset.glyph(scalar) { hex += PDFWriter.hex(Int(glyph), digits: 4) }
            }
            source = .embedded(font, subset)
        }
        return hex + ">"
    }
}
