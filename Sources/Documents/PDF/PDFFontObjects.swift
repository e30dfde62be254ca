/// The objects of a document's fonts, numbered before they are made, so that pages can name them.
struct PDFFontObjects {
    private let typefaces: [PDFTypeface]
    private let start: Int

    static func all(_ typefaces: [PDFTypeface], from start: Int) -> PDFFontObjects {
        PDFFontObjects(typefaces: typefaces, start: start)
    }

    /// The object of the regular font, and of the bold.
    var first: Int { start }
    var second: Int { start + objects(of: typefaces[0]) }
    var count: Int { typefaces.reduce(0) { $0 + objects(of: $1) } }

    private func objects(of typeface: PDFTypeface) -> Int {
        if case .embedded = typeface.source { 5 } else { 1 }
    }

    func make() throws(TrueTypeFont.Unreadable) -> [[UInt8]] {
        var objects: [[UInt8]] = []
        for (index, typeface) in typefaces.enumerated() {
            switch typeface.source {
            case .base(let font):
                objects.append(
                    Array("<</Type/Font/Subtype/Type1/BaseFont/\(font.rawValue)/Encoding/WinAnsiEncoding>>".utf8))
            case .embedded(let font, var subset):
                objects += try Self.embedded(
                    font, &subset, name: index == 0 ? "PORTIC+Text" : "PORTIB+TextBold", at: start + objects.count)
            }
        }
        return objects
    }

    /// A composite font whose codes are the subset's glyphs (ISO 32000-1, 9.7): itself, its descendant, what describes
    /// it, its file, and what its glyphs mean.
    private static func embedded(
        _ font: TrueTypeFont, _ subset: inout TrueTypeSubset, name: String, at: Int
    ) throws(TrueTypeFont.Unreadable) -> [[UInt8]] {
        let file = try subset.file()
        let widths = subset.originals.map { "\(font.width($0))" }.joined(separator: " ")
        func scaled(_ units: Int) -> Int { units * 1000 / font.unitsPerEm }
        let box = font.box.map { "\(scaled($0))" }.joined(separator: " ")
        return [
            Array(
                ("<</Type/Font/Subtype/Type0/BaseFont/\(name)/Encoding/Identity-H/DescendantFonts[\(at + 1) 0 R]"
                    + "/ToUnicode \(at + 4) 0 R>>").utf8),
            Array(
                ("<</Type/Font/Subtype/CIDFontType2/BaseFont/\(name)/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
                    + "/Supplement 0>>/FontDescriptor \(at + 2) 0 R/CIDToGIDMap/Identity/DW 600/W[0[\(widths)]]>>").utf8
            ),
            Array(
                ("<</Type/FontDescriptor/FontName/\(name)/Flags 4/FontBBox[\(box)]/ItalicAngle 0"
                    + "/Ascent \(scaled(font.ascent))/Descent \(scaled(font.descent))"
                    + "/CapHeight \(scaled(font.capHeight))/StemV 80/FontFile2 \(at + 3) 0 R>>").utf8),
            PDFWriter.stream("/Length1 \(file.count)", file),
            PDFWriter.stream("", Array(meanings(subset).utf8)),
        ]
    }

    /// What each glyph means, so that text can be copied and searched.
    private static func meanings(_ subset: TrueTypeSubset) -> String {
        var lines: [String] = []
        for (glyph, character) in subset.characters.enumerated() {
            guard let character, let scalar = Unicode.Scalar(character) else { continue }
            let units = String(Character(scalar)).utf16.map { PDFWriter.hex(Int($0), digits: 4) }.joined()
            lines.append("<\(PDFWriter.hex(glyph, digits: 4))> <\(units)>")
        }
        var text = """
            /CIDInit /ProcSet findresource begin
            12 dict begin
            begincmap
            /CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def
            /CMapName /Adobe-Identity-UCS def
            /CMapType 2 def
            1 begincodespacerange
            <0000> <FFFF>
            endcodespacerange

            """
        var at = 0
        // At most a hundred in one list.
        while at < lines.count {
            let part = lines[at..<min(at + 100, lines.count)]
            text += "\(part.count) beginbfchar\n" + part.joined(separator: "\n") + "\nendbfchar\n"
            at += 100
        }
        return text + "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    }
}
