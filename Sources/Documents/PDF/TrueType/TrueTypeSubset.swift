/// The glyphs of a font that a document uses, numbered anew from 1 in the order of their first use (0 stays what is shown
/// for nothing), and the font file of these alone.
struct TrueTypeSubset {
    private let font: TrueTypeFont
    /// The font's glyph for each of the subset's.
    private(set) var originals: [UInt16] = [0]
    /// The text each glyph stands for, for those who copy it.
    private(set) var characters: [UInt32?] = [nil]
    private var numbers: [UInt16: UInt16] = [0: 0]

    init(_ font: TrueTypeFont) { self.font = font }

    /// The subset's glyph for a character; nil where the font has none.
    mutating func glyph(_ character: Unicode.Scalar) -> UInt16? {
        guard let original = font.glyphs[character.value] else { return nil }
        return number(original, character.value)
    }

    private mutating func number(_ original: UInt16, _ character: UInt32?) -> UInt16 {
        if let known = numbers[original] {
            if characters[Int(known)] == nil { characters[Int(known)] = character }
            return known
        }
        let number = UInt16(originals.count)
        numbers[original] = number
        originals.append(original)
        characters.append(character)
        return number
    }

    /// The font file. Glyphs made of others bring these along.
    mutating func file() throws(TrueTypeFont.Unreadable) -> [UInt8] {
        var outlines: [UInt8] = []
        var places: [UInt8] = []
        var metrics: [UInt8] = []
        var at = 0
        while at < originals.count {
            let outline = try outline(Int(originals[at]))
            places.append32(outlines.count)
            outlines += outline
            while outlines.count % 4 != 0 { outlines.append(0) }
            let (advance, bearing) = try font.metrics(Int(originals[at]))
            metrics.append16(advance)
            metrics.append16(bearing)
            at += 1
        }
        places.append32(outlines.count)
        var tables: [(String, [UInt8])] = [
            ("glyf", outlines), ("head", header()), ("hhea", counted("hhea", at: 34)), ("hmtx", metrics),
            ("loca", places), ("maxp", counted("maxp", at: 4)),
        ]
        for tag in ["cvt ", "fpgm", "prep"] {
            let table = font.table(tag)
            if !table.isEmpty { tables.append((tag, table)) }
        }
        return Self.file(tables.sorted { $0.0 < $1.0 })
    }

    /// An outline, with the glyphs it is made of numbered anew.
    private mutating func outline(_ glyph: Int) throws(TrueTypeFont.Unreadable) -> [UInt8] {
        var bytes = Array(try font.outline(glyph))
        guard bytes.count >= 10 else { return [] }
        guard try BigEndian(bytes[...]).i16(0) < 0 else { return bytes }
        var at = 10
        var flags = 0x20
        while flags & 0x20 != 0 {
            let reader = BigEndian(bytes[...])
            flags = try reader.u16(at)
            let part = try reader.u16(at + 2)
            guard part < font.glyphCount else { throw TrueTypeFont.Unreadable(reason: "has parts of nothing") }
            let number = number(UInt16(part), nil)
            bytes[at + 2] = UInt8(number >> 8)
            bytes[at + 3] = UInt8(number & 0xFF)
            // Arguments of one byte or two, then a scale, two, or a matrix.
            at += 4 + (flags & 0x01 != 0 ? 4 : 2)
            at += flags & 0x08 != 0 ? 2 : flags & 0x40 != 0 ? 4 : flags & 0x80 != 0 ? 8 : 0
        }
        return bytes
    }

    /// `head` with long offsets, and no checksum of the whole: readers of embedded fonts do not look at it.
    private func header() -> [UInt8] {
        var head = font.table("head")
        guard head.count >= 54 else { return head }
        for at in 8..<12 { head[at] = 0 }
        (head[50], head[51]) = (0, 1)
        return head
    }

    /// A table that says at a place how many glyphs there are.
    private func counted(_ tag: String, at place: Int) -> [UInt8] {
        var table = font.table(tag)
        guard table.count >= place + 2 else { return table }
        table[place] = UInt8(originals.count >> 8)
        table[place + 1] = UInt8(originals.count & 0xFF)
        return table
    }

    private static func file(_ tables: [(tag: String, bytes: [UInt8])]) -> [UInt8] {
        var file: [UInt8] = [0, 1, 0, 0]
        let power = 1 << (Int.bitWidth - 1 - tables.count.leadingZeroBitCount)
        file.append16(tables.count)
        file.append16(power * 16)
        file.append16(power.trailingZeroBitCount)
        file.append16((tables.count - power) * 16)
        var place = 12 + 16 * tables.count
        for table in tables {
            file += Array(table.tag.utf8)
            file.append32(checksum(table.bytes))
            file.append32(place)
            file.append32(table.bytes.count)
            place += (table.bytes.count + 3) & ~3
        }
        for table in tables {
            file += table.bytes
            while file.count % 4 != 0 { file.append(0) }
        }
        return file
    }

    private static func checksum(_ bytes: [UInt8]) -> Int {
        var sum: UInt32 = 0
        for (at, byte) in bytes.enumerated() { sum &+= UInt32(byte) << UInt32(8 * (3 - (at & 3))) }
        return Int(sum)
    }
}
