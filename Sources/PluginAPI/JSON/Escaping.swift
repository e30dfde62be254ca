/// How text stands between quotes in JSON (RFC 8259 §7).
enum Escaping {
    /// Quotes, backslashes and control characters must be escaped; nothing else is.
    @inline(__always)
    private static func isSpecial(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == 0x22 || byte == 0x5C
    }

    /// Whether any byte must be escaped. Looks at eight bytes at a time, without leaving early.
    static func isNeeded(_ utf8: borrowing Span<UInt8>) -> Bool {
        // No byte is read but those of the buffer.
        unsafe utf8.withUnsafeBytes { buffer in
            guard let base = buffer.baseAddress else { return false }
            var found: UInt64 = 0
            var index = 0
            while index &+ 8 <= buffer.count {
                found |= specials(unsafe base.loadUnaligned(fromByteOffset: index, as: UInt64.self))
                index &+= 8
            }
            if found & 0x8080_8080_8080_8080 != 0 { return true }
            while index < buffer.count {
                if isSpecial(unsafe base.load(fromByteOffset: index, as: UInt8.self)) { return true }
                index &+= 1
            }
            return false
        }
    }

    /// Of eight bytes: whether a top bit is set says whether one of them is special.
    @inline(__always)
    private static func specials(_ word: UInt64) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let quotes = word ^ (ones &* 0x22)
        let backslashes = word ^ (ones &* 0x5C)
        return ((word &- ones &* 0x20) & ~word) | ((quotes &- ones) & ~quotes)
            | ((backslashes &- ones) & ~backslashes)
    }

    static func append(_ text: String, to bytes: inout [UInt8]) {
        for byte in text.utf8 {
            switch byte {
            case 0x22: bytes += [0x5C, 0x22]
            case 0x5C: bytes += [0x5C, 0x5C]
            case 0x0A: bytes += [0x5C, 0x6E]
            case 0x0D: bytes += [0x5C, 0x72]
            case 0x09: bytes += [0x5C, 0x74]
            case _ where isSpecial(byte):
                bytes += [0x5C, 0x75, 0x30, 0x30, hexDigit(byte >> 4), hexDigit(byte & 15)]
            default: bytes.append(byte)
            }
        }
    }

    private static func hexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? 0x30 + value : 0x61 + value - 10
    }
}

/// Decimal digits of a whole number, without a String between.
enum Decimal {
    static func append(_ value: Int64, to bytes: inout [UInt8]) {
        if value < 0 { bytes.append(UInt8(ascii: "-")) }
        var rest = value.magnitude
        var digits: [20 of UInt8] = .init(repeating: 0)
        var first = digits.count
        repeat {
            first &-= 1
            digits[first] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        } while rest > 0
        bytes.append(copying: digits.span.extracting(first..<digits.count))
    }
}
