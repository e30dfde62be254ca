// The path of a target (RFC 3986 §3.3), made safe once and for all before anyone looks at it.
extension HeadParser {
    /// Reads a path from `start` and returns the index of the byte after it as it was sent.
    ///
    /// Escapes of characters that need none are undone in place (RFC 3986 §6.2.2.2), so that one path has one spelling;
    /// all others stay, and are decoded once, segment by segment, by whoever asks for a parameter. What could lead out
    /// of a segment or out of a folder makes the path unsafe: dot segments in any spelling, and escapes of `/`, `\`, NUL
    /// and other control characters, or broken ones.
    mutating func path(_ bytes: inout MutableSpan<UInt8>, from start: Int) -> Int {
        var index = start
        while ByteClass.isPlainPath(bytes[index]) { index &+= 1 }
        guard bytes[index] == UInt8(ascii: ".") || bytes[index] == UInt8(ascii: "%") else {
            head.path = start..<index
            return index
        }
        var read = index
        var write = index
        while ByteClass.isPath(bytes[read]) {
            if bytes[read] == UInt8(ascii: "%") {
                if let byte = unescaped(bytes, at: read) {
                    bytes[write] = byte
                    (read, write) = (read + 3, write + 1)
                    continue
                }
            }
            bytes[write] = bytes[read]
            (read, write) = (read + 1, write + 1)
        }
        if hasDotSegment(bytes, start..<write) { head.hasUnsafePath = true }
        head.path = start..<write
        for gap in write..<read { bytes[gap] = 0x20 }
        return read
    }

    /// The character whose escape stands at `index`, if it needs none.
    private mutating func unescaped(_ bytes: borrowing MutableSpan<UInt8>, at index: Int) -> UInt8? {
        // The head ends in CR LF CR LF, so there are two bytes after any other.
        guard let high = ByteClass.hexValue(bytes[index + 1]), let low = ByteClass.hexValue(bytes[index + 2]) else {
            head.hasUnsafePath = true
            return nil
        }
        let byte = UInt8(truncatingIfNeeded: high << 4 | low)
        if byte < 0x20 || byte == 0x7f || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "\\") {
            head.hasUnsafePath = true
        }
        return ByteClass.isUnreserved(byte) ? byte : nil
    }

    private func hasDotSegment(_ bytes: borrowing MutableSpan<UInt8>, _ path: Range<Int>) -> Bool {
        var dots = 0
        var others = 0
        for index in path {
            switch bytes[index] {
            case UInt8(ascii: "/"):
                if others == 0, dots == 1 || dots == 2 { return true }
                (dots, others) = (0, 0)
            case UInt8(ascii: "."): dots += 1
            default: others += 1
            }
        }
        return others == 0 && (dots == 1 || dots == 2)
    }
}
