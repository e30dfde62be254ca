/// The modules of a code while it is drawn: fixed patterns first, then the codewords around them, then the best mask.
struct QRMatrix {
    let size: Int
    private(set) var dark: [Bool]
    private var isFixed: [Bool]

    init(_ version: QRVersion, _ codewords: [UInt8], _ correction: QRCode.Correction) {
        size = version.size
        dark = Array(repeating: false, count: size * size)
        isFixed = dark
        drawPatterns(version)
        drawFormat(correction, mask: 0)
        draw(codewords)
        let candidates = (0..<8).map { masked($0, correction) }
        if let best = candidates.min(by: { $0.penalty < $1.penalty }) { dark = best.dark }
    }

    subscript(_ column: Int, _ row: Int) -> Bool { dark[row * size + column] }

    private mutating func fix(_ column: Int, _ row: Int, _ isDark: Bool) {
        guard (0..<size).contains(column), (0..<size).contains(row) else { return }
        dark[row * size + column] = isDark
        isFixed[row * size + column] = true
    }

    // MARK: Patterns (ISO/IEC 18004 §6.3)

    private mutating func drawPatterns(_ version: QRVersion) {
        for index in 0..<size {
            fix(6, index, index % 2 == 0)
            fix(index, 6, index % 2 == 0)
        }
        for (column, row) in [(3, 3), (size - 4, 3), (3, size - 4)] { drawRings(column, row, radius: 4) }
        let centres = version.alignmentCentres
        for column in centres {
            for row in centres {
                let isFinder =
                    column == 6 && row == 6 || column == 6 && row == size - 7 || column == size - 7 && row == 6
                if !isFinder { drawRings(column, row, radius: 2) }
            }
        }
        drawVersion(version)
    }

    /// Squares within squares: a finder with its light border (radius 4), or an alignment pattern (radius 2).
    private mutating func drawRings(_ column: Int, _ row: Int, radius: Int) {
        for y in -radius...radius {
            for x in -radius...radius {
                let ring = max(abs(x), abs(y))
                fix(column + x, row + y, radius == 4 ? ring != 2 && ring != 4 : ring != 1)
            }
        }
    }

    /// Version information, from version 7 on (§7.10).
    private mutating func drawVersion(_ version: QRVersion) {
        guard version.number >= 7 else { return }
        let bits = version.number << 12 | Self.remainder(version.number, by: 0x1F25, degree: 12)
        for index in 0..<18 {
            let (near, far) = (index / 3, size - 11 + index % 3)
            fix(near, far, bits >> index & 1 == 1)
            fix(far, near, bits >> index & 1 == 1)
        }
    }

    /// Format information: correction and mask, twice (§7.9).
    private mutating func drawFormat(_ correction: QRCode.Correction, mask: Int) {
        let level = [1, 0, 3, 2][correction.rawValue]
        let data = level << 3 | mask
        let bits = (data << 10 | Self.remainder(data, by: 0x537, degree: 10)) ^ 0x5412
        for index in 0..<15 {
            let isDark = bits >> index & 1 == 1
            switch index {
            case 0...5: fix(8, index, isDark)
            case 6, 7: fix(8, index + 1, isDark)
            case 8: fix(7, 8, isDark)
            default: fix(14 - index, 8, isDark)
            }
            if index < 8 { fix(size - 1 - index, 8, isDark) } else { fix(8, size - 15 + index, isDark) }
        }
        fix(8, size - 8, true)
    }

    private static func remainder(_ value: Int, by polynomial: Int, degree: Int) -> Int {
        var remainder = value
        for _ in 0..<degree { remainder = remainder << 1 ^ (remainder >> (degree - 1)) * polynomial }
        return remainder
    }

    // MARK: Codewords and masks (§7.7, §7.8)

    /// Two columns at a time from the right, up and down in turn, around what is fixed.
    private mutating func draw(_ codewords: [UInt8]) {
        var bit = 0
        var isUp = true
        for right in stride(from: size - 1, to: 0, by: -2) {
            let right = right <= 6 ? right - 1 : right
            for step in 0..<size {
                let row = isUp ? size - 1 - step : step
                for column in [right, right - 1] where !isFixed[row * size + column] && bit < codewords.count * 8 {
                    dark[row * size + column] = codewords[bit / 8] >> UInt8(7 - bit % 8) & 1 == 1
                    bit += 1
                }
            }
            isUp.toggle()
        }
    }

    private func masked(_ mask: Int, _ correction: QRCode.Correction) -> QRMatrix {
        var copy = self
        for row in 0..<size {
            for column in 0..<size where !isFixed[row * size + column] && Self.inverts(mask, column, row) {
                copy.dark[row * size + column].toggle()
            }
        }
        copy.drawFormat(correction, mask: mask)
        return copy
    }

    private static func inverts(_ mask: Int, _ x: Int, _ y: Int) -> Bool {
        switch mask {
        case 0: (x + y) % 2 == 0
        case 1: y % 2 == 0
        case 2: x % 3 == 0
        case 3: (x + y) % 3 == 0
        case 4: (x / 3 + y / 2) % 2 == 0
        case 5: x * y % 2 + x * y % 3 == 0
        case 6: (x * y % 2 + x * y % 3) % 2 == 0
        default: ((x + y) % 2 + x * y % 3) % 2 == 0
        }
    }
}
