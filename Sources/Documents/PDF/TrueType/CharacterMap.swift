/// The table `cmap` of a font: which glyph shows a character.
enum CharacterMap {
    static func glyphs(_ table: BigEndian) throws(TrueTypeFont.Unreadable) -> [UInt32: UInt16] {
        var best: (rank: Int, at: Int)?
        for entry in 0..<min(64, try table.u16(2)) {
            let at = 4 + 8 * entry
            let place = try table.u32(at + 4)
            let rank =
                switch (try table.u16(at), try table.u16(at + 2), try table.u16(place)) {
                case (3, 10, 12), (0, _, 12): 2
                case (3, 1, 4), (0, _, 4): 1
                default: 0
                }
            if rank > best?.rank ?? 0 { best = (rank, place) }
        }
        guard let best else { throw TrueTypeFont.Unreadable(reason: "has no map of Unicode") }
        return best.rank == 2 ? try groups(table, best.at) : try segments(table, best.at)
    }

    /// Format 12.
    private static func groups(_ table: BigEndian, _ at: Int) throws(TrueTypeFont.Unreadable) -> [UInt32: UInt16] {
        var glyphs: [UInt32: UInt16] = [:]
        for group in 0..<min(20_000, try table.u32(at + 12)) {
            let entry = at + 16 + 12 * group
            let (first, last, glyph) = (try table.u32(entry), try table.u32(entry + 4), try table.u32(entry + 8))
            guard first <= last, last <= 0x10_FFFF, last - first <= 0xFFFF else { continue }
            for offset in 0...(last - first) where glyph + offset <= 0xFFFF {
                glyphs[UInt32(first + offset)] = UInt16(glyph + offset)
            }
        }
        return glyphs
    }

    /// Format 4.
    private static func segments(_ table: BigEndian, _ at: Int) throws(TrueTypeFont.Unreadable) -> [UInt32: UInt16] {
        var glyphs: [UInt32: UInt16] = [:]
        let count = try table.u16(at + 6) / 2
        for segment in 0..<count {
            let last = try table.u16(at + 14 + 2 * segment)
            let first = try table.u16(at + 16 + 2 * count + 2 * segment)
            let delta = try table.u16(at + 16 + 4 * count + 2 * segment)
            let place = at + 16 + 6 * count + 2 * segment
            let offset = try table.u16(place)
            guard first <= last else { continue }
            for character in first...last where character != 0xFFFF {
                var glyph = character
                if offset != 0 {
                    glyph = try table.u16(place + offset + 2 * (character - first))
                    if glyph == 0 { continue }
                }
                glyph = (glyph + delta) & 0xFFFF
                if glyph != 0 { glyphs[UInt32(character)] = UInt16(glyph) }
            }
        }
        return glyphs
    }
}
