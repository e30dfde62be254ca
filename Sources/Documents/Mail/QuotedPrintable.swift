/// Text that stays readable and whose lines are at most 76 bytes long (RFC 2045 §6.7).
enum QuotedPrintable {
    static func encode(_ text: String) -> [UInt8] {
        let source = Array(text.utf8)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(source.count + source.count / 8)
        var column = 0
        var at = 0
        while at < source.count {
            let byte = source[at]
            if byte == 0x0A || byte == 0x0D {
                at += byte == 0x0D && at + 1 < source.count && source[at + 1] == 0x0A ? 2 : 1
                bytes += [0x0D, 0x0A]
                column = 0
                continue
            }
            let piece = piece(
                byte, endsLine: at + 1 == source.count || source[at + 1] == 0x0A || source[at + 1] == 0x0D)
            if column + piece.count > 75 {
                bytes += [UInt8(ascii: "="), 0x0D, 0x0A]
                column = 0
            }
            bytes += piece
            column += piece.count
            at += 1
        }
        return bytes
    }

    /// A byte as it stands, or as `=` and two digits: also for white space at a line's end, which servers may drop.
    private static func piece(_ byte: UInt8, endsLine: Bool) -> [UInt8] {
        let isPlain = byte > 0x20 && byte < 0x7F && byte != UInt8(ascii: "=")
        if isPlain || (byte == 0x20 || byte == 0x09) && !endsLine { return [byte] }
        let digits = Array("0123456789ABCDEF".utf8)
        return [UInt8(ascii: "="), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
}
