/// Checks UTF-8 as it comes in, in pieces cut anywhere, and says no at the first byte that cannot be right
/// (Unicode §3.9, table 3-7; RFC 3629): no overlong forms, no surrogates, nothing above U+10FFFF.
struct UTF8Check: Sendable {
    /// Bytes that the character begun still needs.
    private var needed: UInt8 = 0
    /// What the next of them may be.
    private var low: UInt8 = 0x80
    private var high: UInt8 = 0xbf

    /// Whether no character is cut off.
    var isComplete: Bool { needed == 0 }

    /// Takes bytes; `false` when they cannot go on what came before.
    mutating func accept(_ bytes: borrowing Span<UInt8>) -> Bool {
        var index = 0
        let count = bytes.count
        let raw = bytes.bytes
        while index < count {
            if needed == 0 {
                while index &+ 8 <= count,
                    raw.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
                {
                    index &+= 8
                }
                guard index < count else { return true }
            }
            guard accept(bytes[index]) else { return false }
            index &+= 1
        }
        return true
    }

    @inline(__always)
    private mutating func accept(_ byte: UInt8) -> Bool {
        if needed > 0 {
            guard byte >= low, byte <= high else { return false }
            needed &-= 1
            (low, high) = (0x80, 0xbf)
            return true
        }
        switch byte {
        case 0x00...0x7f: return true
        case 0xc2...0xdf: needed = 1
        case 0xe0: (needed, low) = (2, 0xa0)
        case 0xed: (needed, high) = (2, 0x9f)
        case 0xe1...0xef: needed = 2
        case 0xf0: (needed, low) = (3, 0x90)
        case 0xf1...0xf3: needed = 3
        case 0xf4: (needed, high) = (3, 0x8f)
        default: return false
        }
        return true
    }
}
