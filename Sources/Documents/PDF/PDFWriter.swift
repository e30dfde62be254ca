internal import Time

/// Objects of a PDF file one after another, and the table that says where each begins.
struct PDFWriter {
    private var bytes: [UInt8] = Array(
        "%PDF-1.7\n%\u{E2}\u{E3}\u{CF}\u{D3}\n".unicodeScalars.map { UInt8($0.value & 0xFF) })
    private var places: [Int] = []

    /// The whole file: catalogue 1, pages 2, facts 3, then fonts, then each page and its content.
    static func file(_ document: PDFDocument, _ layout: PDFLayout) throws(TrueTypeFont.Unreadable) -> [UInt8] {
        var writer = PDFWriter()
        let fontObjects = PDFFontObjects.all([layout.regular, layout.bold], from: 4)
        let firstPage = 4 + fontObjects.count
        let kids = layout.pages.indices.map { "\(firstPage + 2 * $0) 0 R" }.joined(separator: " ")
        writer.add(
            "<</Type/Catalog/Pages 2 0 R/Lang \(text(document.language))/ViewerPreferences<</DisplayDocTitle true>>>>")
        writer.add("<</Type/Pages/Count \(layout.pages.count)/Kids[\(kids)]>>")
        writer.add(facts(document))
        for object in try fontObjects.make() { writer.add(object) }
        for (page, content) in layout.pages.enumerated() {
            writer.add(
                "<</Type/Page/Parent 2 0 R/MediaBox[0 0 \(number(document.paper.width)) \(number(document.paper.height))]"
                    + "/Resources<</Font<</F1 \(fontObjects.first) 0 R/F2 \(fontObjects.second) 0 R>>>>"
                    + "/Contents \(firstPage + 2 * page + 1) 0 R>>")
            writer.add(stream("", Array(content.utf8)))
        }
        return writer.finished()
    }

    private mutating func add(_ object: String) { add(Array(object.utf8)) }

    private mutating func add(_ object: [UInt8]) {
        places.append(bytes.count)
        bytes += Array("\(places.count) 0 obj\n".utf8)
        bytes += object
        bytes += Array("\nendobj\n".utf8)
    }

    private mutating func finished() -> [UInt8] {
        let table = bytes.count
        var end = "xref\n0 \(places.count + 1)\n0000000000 65535 f \n"
        for place in places {
            let digits = String(place)
            end += String(repeating: "0", count: max(0, 10 - digits.count)) + digits + " 00000 n \n"
        }
        end += "trailer\n<</Size \(places.count + 1)/Root 1 0 R/Info 3 0 R>>\nstartxref\n\(table)\n%%EOF\n"
        return bytes + Array(end.utf8)
    }

    private static func facts(_ document: PDFDocument) -> String {
        var facts = "<</Title \(text(document.title))/Producer(Portico)"
        if let author = document.author { facts += "/Author \(text(author))" }
        // 2026-11-29T12:34:56… as D:20261129123456Z.
        let digits = document.created.description.filter { $0.isNumber }.prefix(14)
        return facts + "/CreationDate(D:\(digits)Z)>>"
    }

    // MARK: Values

    /// A stream, uncompressed: nothing that is linked could compress it.
    static func stream(_ entries: String, _ content: [UInt8]) -> [UInt8] {
        Array("<<\(entries)/Length \(content.count)>>\nstream\n".utf8) + content + Array("\nendstream".utf8)
    }

    /// A text of the reader's own interface: UTF-16 with a byte order mark.
    static func text(_ value: String) -> String {
        "<FEFF" + value.utf16.map { hex(Int($0), digits: 4) }.joined() + ">"
    }

    static func hex(_ value: Int, digits: Int) -> String {
        let hex = String(value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, digits - hex.count)) + hex
    }

    /// To two decimals, without an exponent.
    static func number(_ value: Double) -> String {
        guard value.isFinite, value.magnitude < 1e9 else { return "0" }
        let hundredths = Int((value * 100).rounded())
        let (whole, part) = (hundredths.magnitude / 100, hundredths.magnitude % 100)
        let sign = hundredths < 0 ? "-" : ""
        if part == 0 { return "\(sign)\(whole)" }
        return part % 10 == 0 ? "\(sign)\(whole).\(part / 10)" : "\(sign)\(whole).\(part < 10 ? "0" : "")\(part)"
    }
}
