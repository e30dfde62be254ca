import Documents
import Foundation
import Testing
import Time

@Suite struct `PDF documents` {
    @Test func `say what was written, in fonts that every reader has`() throws {
        let text = "Zoë Müller’s visit – 120,00 € “soon” ½ ñ (a) \\ <b>"
        var pdf = Self.document()
        pdf.heading("Your visit")
        pdf.paragraph(text)
        pdf.rule()
        pdf.paragraph("small", style: PDFTextStyle(size: 8, isBold: true, alignment: .right, gray: 0.5))
        let bytes = try pdf.bytes(fonts: PDFFonts())
        let read = try Self.read(bytes)
        #expect(read.pages.count == 1 && read.fonts == ["/Helvetica", "/Helvetica-Bold"])
        #expect(read.title == "Visit – Ivan" && read.author == "Lumen" && read.language == "en-US")
        #expect(read.created == "2026-06-01T08:00:00Z")
        let lines = try Self.text(bytes)
        #expect(lines.contains("Your visit") && lines.contains(text))
        #expect(read.pages.first?.contains("1 / 1") == true)
    }

    @Test func `embed the glyphs they use of a font, so that they can be read and copied`() throws {
        var pdf = Self.document()
        pdf.heading("Иван Łukasiewicz")
        // A letter and its mark are one: composed or not.
        pdf.paragraph("Ἀθηνᾶ, Tiếng Việt, ½ → ∑, e\u{301}, ⅷ")
        let bytes = try pdf.bytes(fonts: try Self.dejaVu())
        let read = try Self.read(bytes)
        #expect(read.fonts == ["/PORTIB+TextBold", "/PORTIC+Text"])
        let lines = try Self.text(bytes)
        #expect(lines.contains("Иван Łukasiewicz") && lines.contains("Ἀθηνᾶ, Tiếng Việt, ½ → ∑, é, ⅷ"))
        // The whole fonts are 1.4 MB.
        #expect(bytes.count < 60_000)
    }

    @Test func `show each embedded glyph, those made of others too, as the font itself does`() throws {
        // Letters with marks are made of two glyphs.
        let words = "Ä Ö Ü é ñ ç å Ž"
        var pdf = Self.document()
        pdf.pageLabel = nil
        pdf.paragraph(words + " Ω", style: PDFTextStyle(size: 60))
        let picture = try Self.picture(try pdf.bytes(fonts: try Self.dejaVu()))
        var blank = Self.document()
        blank.pageLabel = nil
        blank.paragraph("", style: PDFTextStyle(size: 60))
        let nothing = try Self.picture(try blank.bytes(fonts: PDFFonts()))
        let dark = picture.filter { $0 < 128 }.count
        #expect(nothing.filter { $0 < 128 }.count < 100)
        // A box for a missing glyph, or nothing, would be far less or far more.
        #expect(dark > 4_000 && dark < 40_000, "\(dark)")
    }

    @Test(arguments: ["محمد", "שלום", "हिन्दी", "ภาษา", "x\u{301}\u{301}", "👩\u{200D}🚀\u{FE0F}"])
    func `refuse what needs shaping`(_ text: String) throws {
        var pdf = Self.document()
        pdf.table(PDFTable(columns: [.init("Name")], rows: [[text]]))
        #expect(throws: PDFUnshowable.self) { try pdf.bytes(fonts: try Self.dejaVu()) }
        #expect(throws: PDFUnshowable.self) { try pdf.bytes(fonts: PDFFonts()) }
    }

    @Test func `name the characters that no font has`() throws {
        var pdf = Self.document()
        pdf.paragraph("Name: 田中 Ω")
        #expect(throws: PDFUnshowable(characters: ["中", "田"])) { try pdf.bytes(fonts: try Self.dejaVu()) }
        #expect(throws: PDFUnshowable(characters: ["Ω", "中", "田"])) { try pdf.bytes(fonts: PDFFonts()) }
    }

    @Test func `carry tables on over pages, with the header on each and no row lost`() throws {
        var pdf = Self.document()
        pdf.heading("Visits")
        let rows = (0..<150).map {
            ["row \($0).", "A cell whose text is broken into lines because it is long", "\($0).00"]
        }
        let columns = [PDFTable.Column("Number"), .init("What", share: 2), .init("Price", alignment: .right)]
        pdf.table(PDFTable(columns: columns, rows: rows))
        let pages = try Self.read(try pdf.bytes(fonts: PDFFonts())).pages
        #expect(pages.count > 3)
        for (number, page) in pages.enumerated() {
            #expect(page.contains("Price") && page.contains("\(number + 1) / \(pages.count)"))
        }
        let all = pages.joined(separator: "\n")
        for row in 0..<150 { #expect(all.components(separatedBy: "row \(row).").count == 2) }
    }

    @Test func `break a cell that is higher than a page, and words that are wider than a line`() throws {
        var pdf = Self.document()
        let words = (0..<2000).map { "w\($0)." }
        pdf.table(
            PDFTable(
                columns: [.init("Short"), .init("Long")], rows: [["a", words.joined(separator: " ")], ["last", ""]]))
        pdf.paragraph(String(repeating: "x", count: 500))
        let pages = try Self.read(try pdf.bytes(fonts: PDFFonts())).pages
        let all = pages.joined(separator: " ")
        let found = Set(all.split(whereSeparator: \.isWhitespace))
        #expect(pages.count > 2 && words.allSatisfy { found.contains(Substring($0)) } && found.contains("last"))
        #expect(all.filter { $0 == "x" }.count == 500)
        #expect(found.filter { $0.hasPrefix("xx") }.allSatisfy { $0.count < 200 })
    }

    @Test func `show a code that a camera reads`() throws {
        var pdf = Self.document()
        pdf.paragraph("Show this at the desk:")
        pdf.code(try QRCode("https://lumen.example/v/apt_01"), side: 140)
        let script = "pdftoppm -r 150 -png \"$1\" | zbarimg -q --raw png:-"
        let read = try Oracle.run(["sh", "-c", script, "sh"], try pdf.bytes(fonts: PDFFonts()))
        #expect(String(decoding: read, as: UTF8.self) == "https://lumen.example/v/apt_01\n")
    }

    @Test func `are the same bytes each time, and whole when empty`() throws {
        var pdf = Self.document()
        pdf.paragraph("Ω", style: PDFTextStyle(alignment: .center))
        #expect(try pdf.bytes(fonts: try Self.dejaVu()) == pdf.bytes(fonts: try Self.dejaVu()))
        var empty = Self.document()
        empty.table(PDFTable(columns: [], rows: [["x"]]))
        empty.table(PDFTable(columns: [.init("")], rows: [[], ["", "too much"]]))
        empty.space(5000)
        empty.pageBreak()
        empty.paragraph("")
        #expect(try Self.read(try empty.bytes(fonts: PDFFonts())).pages.count >= 1)
    }

    @Test func `take no harm from broken fonts`() throws {
        let whole = Self.font("DejaVuSans")
        #expect(throws: TrueTypeFont.Unreadable.self) { try TrueTypeFont([]) }
        #expect(throws: TrueTypeFont.Unreadable.self) { try TrueTypeFont(Array("OTTO0000".utf8)) }
        for length in stride(from: 1, to: 2000, by: 97) {
            #expect(throws: TrueTypeFont.Unreadable.self) { try TrueTypeFont(Array(whole.prefix(length))) }
        }
        var pdf = Self.document()
        pdf.paragraph("Ωé")
        var state: UInt32 = 7
        for _ in 0..<12 {
            var bytes = whole
            for _ in 0..<40 {
                state = state &* 1_664_525 &+ 1_013_904_223
                // The directory and the first tables, where the sizes are.
                bytes[Int(state >> 8) % 3000] = UInt8(truncatingIfNeeded: state >> 3)
            }
            // What comes of it does not matter, but that it comes.
            if let font = try? TrueTypeFont(bytes) { _ = try? pdf.bytes(fonts: PDFFonts(embedded: font)) }
        }
    }

    private static func document() -> PDFDocument {
        PDFDocument(
            title: "Visit – Ivan", author: "Lumen", language: "en-US",
            created: Instant(rfc3339: "2026-06-01T08:00:00Z") ?? .now())
    }

    private static func font(_ name: String) -> [UInt8] {
        let path = URL(filePath: "/usr/share/fonts/truetype/dejavu/\(name).ttf")
        return (try? Data(contentsOf: path)).map([UInt8].init) ?? []
    }

    private static func dejaVu() throws -> PDFFonts {
        PDFFonts(
            embedded: try TrueTypeFont(font("DejaVuSans")), embeddedBold: try TrueTypeFont(font("DejaVuSans-Bold")))
    }

    private struct Contents: Decodable {
        var title, author, created, language: String
        var pages, fonts: [String]
    }

    /// What pypdf makes of it.
    private static func read(_ bytes: [UInt8]) throws -> Contents {
        let command = [".ci/python", "pypdf==5.1.0", "--", Oracle.script("pdf_oracle.py")]
        return try JSONDecoder().decode(Contents.self, from: Oracle.run(command, bytes))
    }

    /// What poppler reads, which complains of nothing.
    private static func text(_ bytes: [UInt8]) throws -> String {
        let script = "out=$(pdftotext -layout \"$1\" - 2>&1 >/dev/null); [ -z \"$out\" ] && pdftotext -layout \"$1\" -"
        return String(decoding: try Oracle.run(["sh", "-c", script, "sh"], bytes), as: UTF8.self)
    }

    /// The first page in grey, a byte a point of 1/72 inch; poppler complains of nothing.
    private static func picture(_ bytes: [UInt8]) throws -> Data {
        let script =
            "out=$(pdftoppm -gray -r 72 \"$1\" 2>&1 >/dev/null); [ -z \"$out\" ] && pdftoppm -gray -r 72 \"$1\""
        let data = try Oracle.run(["sh", "-c", script, "sh"], bytes)
        return data.suffix(595 * 841)
    }
}
