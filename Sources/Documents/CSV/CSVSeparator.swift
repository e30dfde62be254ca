/// What stands between the fields of a CSV file.
enum CSVSeparator {
    /// The one that a header has most of; a comma where there is none.
    static func of(_ header: [UInt8]) -> UInt8 {
        var counts: [(byte: UInt8, count: Int)] = [
            (UInt8(ascii: ","), 0), (UInt8(ascii: ";"), 0), (UInt8(ascii: "\t"), 0),
        ]
        scan(header) { byte in
            for index in counts.indices where counts[index].byte == byte { counts[index].count += 1 }
        }
        var best = counts[0]
        for candidate in counts where candidate.count > best.count { best = candidate }
        return best.byte
    }

    /// Whether the first line is whole: it ends outside quotation marks.
    static func lineEnds(in bytes: [UInt8]) -> Bool { scan(bytes) { _ in } }

    /// Visits the bytes of the first line that stand outside quotation marks.
    ///
    /// - Returns: whether the line ends.
    @discardableResult
    private static func scan(_ bytes: [UInt8], _ visit: (UInt8) -> Void) -> Bool {
        var isQuoted = false
        for byte in bytes {
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            if isQuoted { continue }
            if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") { return true }
            visit(byte)
        }
        return false
    }
}
