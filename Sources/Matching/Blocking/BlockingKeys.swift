/// What records are put together by: hashes of what their values have in common when they are the same.
enum BlockingKeys {
    /// Keys that few different people share.
    static func strong(_ value: FieldValue, of column: Column, rareWords: Int) -> [UInt64] {
        switch column.kind {
        case .name: [hash(value.units, 1)] + value.sounds.map { hash(Array($0.utf16), 2) }
        case .text:
            [hash(value.units, 1)]
                + value.words.prefix(12).filter { column.wordCounts[Int($0)] <= rareWords }
                .map { hash(column.words[Int($0)], 3) }
        case .date:
            if let date = value.date {
                // Day and month may have changed places.
                [mixed(UInt64(date.year), UInt64(min(date.month, date.day)), UInt64(max(date.month, date.day)))]
            } else {
                [hash(value.units, 1)]
            }
        case .phone: [hash(value.units.suffix(9).map { $0 }, 1)]
        case .email:
            [hash(value.units, 1)] + (value.email.map { [hash(Array($0.local.utf16), 4)] } ?? [])
        case .code: [hash(value.units, 1)]
        case .number, .category: [hash(value.units, 1)]
        }
    }

    /// Keys that many share, which only together with another field's say something. They bear a slip of the pen.
    static func weak(_ value: FieldValue, of column: Column) -> [UInt64] {
        let units = value.units
        let half = units.count / 2
        switch column.kind {
        case .name: return [hash(Array(units.prefix(2)), 5)]
        case .text: return [hash(Array(units.prefix(4)), 5)]
        case .date:
            guard let date = value.date else { return [] }
            return [mixed(6, UInt64(date.year), 0), mixed(7, UInt64(date.month), UInt64(date.day))]
        case .code, .phone:
            guard units.count >= 4 else { return [] }
            // A slip is in one half and leaves the other.
            return [hash(Array(units[..<half]), 8), hash(Array(units[half...]), 9)]
        case .email: return [hash(Array(units.prefix(3)), 5)]
        case .number, .category: return []
        }
    }

    /// FNV-1a over the units, finished so that every bit counts. The same in every run, unlike `Hasher`.
    static func hash(_ units: [UInt16], _ salt: UInt64) -> UInt64 {
        var state: UInt64 = 0xCBF2_9CE4_8422_2325 ^ salt
        for unit in units { state = (state ^ UInt64(unit)) &* 0x100_0000_01B3 }
        return finished(state)
    }

    static func mixed(_ first: UInt64, _ second: UInt64, _ third: UInt64) -> UInt64 {
        finished(finished(finished(first) &+ second) &+ third)
    }

    private static func finished(_ value: UInt64) -> UInt64 {
        var state = value &+ 0x9E37_79B9_7F4A_7C15
        state = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        state = (state ^ (state >> 27)) &* 0x94D0_49BB_1331_11EB
        return state ^ (state >> 31)
    }
}
