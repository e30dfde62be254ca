/// One of the 40 sizes of a QR code, and what it holds (ISO/IEC 18004, tables 1, 7 and 9).
struct QRVersion: Sendable, Equatable {
    /// 1 to 40.
    let number: Int

    static let all = (1...40).map { QRVersion(number: $0) }

    /// The smallest that holds a payload; nil when none does.
    static func smallest(for payload: QRCode.Payload, _ correction: QRCode.Correction) -> QRVersion? {
        all.first { $0.holds(payload, correction) }
    }

    /// Modules on a side.
    var size: Int { 17 + 4 * number }
    /// Bits of the length of a text in byte mode.
    var lengthBits: Int { number < 10 ? 8 : 16 }

    func holds(_ payload: QRCode.Payload, _ correction: QRCode.Correction) -> Bool {
        payload.bytes.count < 1 << lengthBits
            && payload.bitCount(lengthBits: lengthBits) <= dataCodewords(correction) * 8
    }

    /// Codewords for data and correction together: the modules that no pattern takes, in eights.
    var codewords: Int {
        var modules = size * size - 3 * 64 - 2 * 15 - 1 - 2 * (size - 16)  // Finders, format, dark module, timing
        if number >= 2 {
            let side = number / 7 + 2
            modules -= 25 * (side * side - 3)  // Alignment patterns; three places are finders
            modules += 2 * 5 * (side - 2)  // Those on the timing patterns share five modules with them
        }
        if number >= 7 { modules -= 2 * 18 }  // Version information
        return modules / 8
    }

    func dataCodewords(_ correction: QRCode.Correction) -> Int {
        codewords - Self.blocks[correction.rawValue][number - 1] * Self.checks[correction.rawValue][number - 1]
    }

    /// The data codewords in blocks, each with its check codewords, in the order they are drawn (§7.6).
    func interleaved(_ data: [UInt8], _ correction: QRCode.Correction) -> [UInt8] {
        let blocks = Self.blocks[correction.rawValue][number - 1]
        let code = ReedSolomon(checks: Self.checks[correction.rawValue][number - 1])
        let short = data.count / blocks
        let longer = data.count % blocks
        var parts: [ArraySlice<UInt8>] = []
        var start = 0
        for block in 0..<blocks {
            let end = start + short + (block < blocks - longer ? 0 : 1)
            parts.append(data[start..<end])
            start = end
        }
        let checks = parts.map { code.checks(of: $0) }
        var result: [UInt8] = []
        result.reserveCapacity(codewords)
        for offset in 0...short {
            for part in parts where offset < part.count { result.append(part[part.startIndex + offset]) }
        }
        for offset in 0..<code.count { for check in checks { result.append(check[offset]) } }
        return result
    }

    /// Centres of the alignment patterns, along both axes (Annex E).
    var alignmentCentres: [Int] {
        guard number >= 2 else { return [] }
        let count = number / 7 + 2
        let step = number == 32 ? 26 : (number * 4 + count * 2 + 1) / (count * 2 - 2) * 2
        return [6] + (0..<count - 1).map { size - 7 - $0 * step }.reversed()
    }

    /// Check codewords of a block, by correction and version.
    private static let checks: [[Int]] = [
        [
            7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28, 28, 28, 30, 30, 26, 28, 30,
            30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30,
        ],
        [
            10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26, 26, 28, 28, 28, 28, 28, 28,
            28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28,
        ],
        [
            13, 22, 18, 26, 18, 24, 18, 22, 20, 24, 28, 26, 24, 20, 30, 24, 28, 28, 26, 30, 28, 30, 30, 30, 30, 28, 30,
            30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30,
        ],
        [
            17, 28, 22, 16, 22, 28, 26, 26, 24, 28, 24, 28, 22, 24, 24, 30, 28, 28, 26, 28, 30, 24, 30, 30, 30, 30, 30,
            30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30,
        ],
    ]

    /// Blocks of a code, by correction and version.
    private static let blocks: [[Int]] = [
        [
            1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6, 6, 6, 7, 8, 8, 9, 9, 10, 12, 12, 12, 13, 14, 15, 16, 17, 18,
            19, 19, 20, 21, 22, 24, 25,
        ],
        [
            1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16, 17, 17, 18, 20, 21, 23, 25, 26, 28, 29,
            31, 33, 35, 37, 38, 40, 43, 45, 47, 49,
        ],
        [
            1, 1, 2, 2, 4, 4, 6, 6, 8, 8, 8, 10, 12, 16, 12, 17, 16, 18, 21, 20, 23, 23, 25, 27, 29, 34, 34, 35, 38, 40,
            43, 45, 48, 51, 53, 56, 59, 62, 65, 68,
        ],
        [
            1, 1, 2, 4, 4, 4, 5, 6, 8, 8, 11, 11, 16, 16, 18, 16, 19, 21, 25, 25, 25, 34, 30, 32, 35, 37, 40, 42, 45,
            48, 51, 54, 57, 60, 63, 66, 70, 74, 77, 81,
        ],
    ]
}
