/// A TrueType font (ISO/IEC 14496-22 with `glyf` outlines) as its file has it, of which documents embed what they use.
public struct TrueTypeFont: Sendable {
    /// The file is no TrueType font that can be embedded.
    public struct Unreadable: Error, Equatable {
        public let reason: String
    }

    /// Units of the outlines that make the font's size.
    let unitsPerEm: Int
    /// Above the base line, in units.
    let ascent: Int
    /// Below the base line, in units, negative.
    let descent: Int
    /// The box around all glyphs: left, bottom, right, top, in units.
    let box: [Int]
    let capHeight: Int
    let glyphCount: Int
    /// Glyphs by character.
    let glyphs: [UInt32: UInt16]

    private let tables: [String: ArraySlice<UInt8>]
    private let advances: [UInt16]
    private let offsets: [Int]

    /// - Parameter bytes: a whole `.ttf` file.
    public init(_ bytes: [UInt8]) throws(Unreadable) {
        let file = BigEndian(bytes[...])
        let version = try file.u32(0)
        guard version == 0x0001_0000 || version == 0x7472_7565 else { throw Unreadable(reason: "is no TrueType font") }
        var tables: [String: ArraySlice<UInt8>] = [:]
        for entry in 0..<min(64, try file.u16(4)) {
            let at = 12 + 16 * entry
            let tag = String(decoding: try file.slice(at, 4), as: UTF8.self)
            tables[tag] = try file.slice(try file.u32(at + 8), try file.u32(at + 12))
        }
        self.tables = tables
        let (head, metrics) = (try Self.table("head", tables), try Self.table("hhea", tables))
        glyphCount = try Self.table("maxp", tables).u16(4)
        unitsPerEm = try head.u16(18)
        guard (16...16_384).contains(unitsPerEm), glyphCount > 0 else { throw Unreadable(reason: "has no sizes") }
        box = [try head.i16(36), try head.i16(38), try head.i16(40), try head.i16(42)]
        (ascent, descent) = (try metrics.i16(4), try metrics.i16(6))
        advances = try Self.advances(metrics, try Self.table("hmtx", tables), glyphCount)
        offsets = try Self.offsets(try Self.table("loca", tables), isLong: try head.i16(50) == 1, glyphCount)
        _ = try Self.table("glyf", tables)
        glyphs = try CharacterMap.glyphs(try Self.table("cmap", tables))
        let style = tables["OS/2"].map(BigEndian.init)
        let known: Int? = if let style, try style.u16(0) >= 2 { try style.i16(88) } else { nil }
        capHeight = known ?? ascent * 7 / 10
    }

    /// The advance of a glyph in thousandths of the font's size.
    func width(_ glyph: UInt16) -> Int {
        guard Int(glyph) < advances.count else { return 0 }
        return (Int(advances[Int(glyph)]) * 1000 + unitsPerEm / 2) / unitsPerEm
    }

    /// A table, for subsets to copy; empty where the font has none.
    func table(_ tag: String) -> [UInt8] { tables[tag].map(Array.init) ?? [] }

    /// The outline of a glyph as it is in the file; empty for a space.
    func outline(_ glyph: Int) throws(Unreadable) -> ArraySlice<UInt8> {
        guard glyph >= 0, glyph < glyphCount else { throw Unreadable(reason: "names a glyph that it has not") }
        let (start, end) = (offsets[glyph], offsets[glyph + 1])
        guard start <= end else { throw Unreadable(reason: "has outlines that end before they begin") }
        return try Self.table("glyf", tables).slice(start, end - start)
    }

    /// Advance and left bearing of a glyph, in units.
    func metrics(_ glyph: Int) throws(Unreadable) -> (advance: Int, bearing: Int) {
        let counted = try Self.table("hhea", tables).u16(34)
        let table = try Self.table("hmtx", tables)
        let bearing =
            glyph < counted ? try table.i16(4 * glyph + 2) : try table.i16(4 * counted + 2 * (glyph - counted))
        return (Int(advances[glyph]), bearing)
    }

    private static func table(
        _ tag: String, _ tables: [String: ArraySlice<UInt8>]
    ) throws(Unreadable) -> BigEndian {
        guard let table = tables[tag] else { throw Unreadable(reason: "has no table \(tag)") }
        return BigEndian(table)
    }

    private static func advances(
        _ metrics: BigEndian, _ table: BigEndian, _ glyphCount: Int
    ) throws(Unreadable) -> [UInt16] {
        let counted = try metrics.u16(34)
        guard counted > 0, counted <= glyphCount else { throw Unreadable(reason: "has no advances") }
        var advances: [UInt16] = []
        // The rest are as wide as the last.
        for glyph in 0..<glyphCount { advances.append(UInt16(try table.u16(4 * min(glyph, counted - 1)))) }
        return advances
    }

    private static func offsets(_ table: BigEndian, isLong: Bool, _ glyphCount: Int) throws(Unreadable) -> [Int] {
        var offsets: [Int] = []
        for glyph in 0...glyphCount {
            offsets.append(isLong ? try table.u32(4 * glyph) : 2 * (try table.u16(2 * glyph)))
        }
        return offsets
    }
}
