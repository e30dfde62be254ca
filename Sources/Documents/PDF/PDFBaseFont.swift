/// The fonts for text that every reader of PDF has, in the encoding WinAnsi: all of Latin-1, and typographic signs.
public enum PDFBaseFont: String, Sendable, CaseIterable {
    case helvetica = "Helvetica"
    case helveticaBold = "Helvetica-Bold"
    case helveticaOblique = "Helvetica-Oblique"
    case helveticaBoldOblique = "Helvetica-BoldOblique"
    case times = "Times-Roman"
    case timesBold = "Times-Bold"
    case timesItalic = "Times-Italic"
    case timesBoldItalic = "Times-BoldItalic"
    case courier = "Courier"
    case courierBold = "Courier-Bold"
    case courierOblique = "Courier-Oblique"
    case courierBoldOblique = "Courier-BoldOblique"

    /// The advance of a character by its byte, in thousandths of the font's size.
    func width(_ byte: UInt8) -> Int {
        guard byte >= 32 else { return 0 }
        return switch self {
        case .helvetica, .helveticaOblique: Self.helveticaWidths[Int(byte) - 32]
        case .helveticaBold, .helveticaBoldOblique: Self.helveticaBoldWidths[Int(byte) - 32]
        case .times: Self.timesWidths[Int(byte) - 32]
        case .timesBold: Self.timesBoldWidths[Int(byte) - 32]
        case .timesItalic: Self.timesItalicWidths[Int(byte) - 32]
        case .timesBoldItalic: Self.timesBoldItalicWidths[Int(byte) - 32]
        case .courier, .courierBold, .courierOblique, .courierBoldOblique: 600
        }
    }
}
