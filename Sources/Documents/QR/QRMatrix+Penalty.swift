extension QRMatrix {
    /// How hard the code is to read: the mask with the least is taken (ISO/IEC 18004 §7.8.3).
    var penalty: Int {
        var total = 0
        for line in 0..<size {
            total += linePenalty(from: line * size, step: 1)
            total += linePenalty(from: line, step: size)
        }
        for row in 0..<size - 1 {
            for at in row * size..<row * size + size - 1 {
                let first = dark[at]
                if dark[at + 1] == first, dark[at + size] == first, dark[at + size + 1] == first { total += 3 }
            }
        }
        var count = 0
        for isDark in dark where isDark { count += 1 }
        return total + abs(count * 20 - dark.count * 10) / dark.count * 10
    }

    /// Long runs of one colour in a row or column, and what looks like a finder with four light modules on one side.
    private func linePenalty(from start: Int, step: Int) -> Int {
        var (total, run, window) = (0, 0, 0)
        var previous: Bool?
        var at = start
        for index in 0..<size {
            let isDark = dark[at]
            run = isDark == previous ? run + 1 : 1
            if run == 5 { total += 3 } else if run > 5 { total += 1 }
            window = (window << 1 | (isDark ? 1 : 0)) & 0b111_1111_1111
            if index >= 10, window == 0b101_1101_0000 || window == 0b000_0101_1101 { total += 40 }
            previous = isDark
            at += step
        }
        return total
    }
}
