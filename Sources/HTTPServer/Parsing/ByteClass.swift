/// Which bytes may stand where. Each class is two 64-bit masks over ASCII: no table in memory, no lazy global.
enum ByteClass {
    @inline(__always)
    private static func contains(_ byte: UInt8, _ low: UInt64, _ high: UInt64) -> Bool {
        byte < 128 && ((byte < 64 ? low : high) &>> UInt64(byte & 63)) & 1 == 1
    }

    /// tchar (RFC 9110 §5.6.2).
    @inline(__always)
    static func isToken(_ byte: UInt8) -> Bool { contains(byte, 0x03ff_6cfa_0000_0000, 0x57ff_ffff_c7ff_fffe) }

    /// A character of a path: visible ASCII without `" # < > ? \ ^ { }` and the grave accent. A little more than RFC 3986
    /// allows (`|`, `[`, `]`), because browsers send those raw.
    @inline(__always)
    static func isPath(_ byte: UInt8) -> Bool { contains(byte, 0x2fff_fff2_0000_0000, 0x57ff_fffe_afff_ffff) }

    /// A character of a path other than `%` and `.`, which want a closer look.
    @inline(__always)
    static func isPlainPath(_ byte: UInt8) -> Bool { contains(byte, 0x2fff_bfd2_0000_0000, 0x57ff_fffe_afff_ffff) }

    /// A character that needs no escape anywhere (RFC 3986 §2.3): letters, digits, `-`, `.`, `_`, `~`.
    @inline(__always)
    static func isUnreserved(_ byte: UInt8) -> Bool { contains(byte, 0x03ff_6000_0000_0000, 0x47ff_fffe_87ff_fffe) }

    /// A character of a query: visible ASCII without `" # < >`.
    @inline(__always)
    static func isQuery(_ byte: UInt8) -> Bool { contains(byte, 0xafff_fff2_0000_0000, 0x7fff_ffff_ffff_ffff) }

    /// A character of a host name: letters, digits, `-`, `.` and `_`.
    @inline(__always)
    static func isHostName(_ byte: UInt8) -> Bool { contains(byte, 0x03ff_6000_0000_0000, 0x07ff_fffe_87ff_fffe) }

    @inline(__always)
    static func isDigit(_ byte: UInt8) -> Bool { byte &- 48 < 10 }

    /// The value of a hexadecimal digit, or `nil`.
    @inline(__always)
    static func hexValue(_ byte: UInt8) -> Int? {
        if byte &- 48 < 10 { return Int(byte &- 48) }
        let letter = (byte | 0x20) &- 97
        return letter < 6 ? Int(letter) + 10 : nil
    }

    @inline(__always)
    static func lowercased(_ byte: UInt8) -> UInt8 { byte &- 65 < 26 ? byte | 0x20 : byte }

    /// Space or tab.
    @inline(__always)
    static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

    /// The index of the first byte at or after `start` that no field value may hold, or `bytes.byteCount`
    /// (RFC 9110 §5.5: visible characters, space, tab and the bytes from 0x80).
    @inline(__always)
    static func endOfFieldValue(_ bytes: borrowing RawSpan, from start: Int) -> Int {
        bytes.withUnsafeBytes { buffer in
            guard let base = buffer.baseAddress else { return 0 }
            return endOfFieldValue(base, from: start, to: buffer.count)
        }
    }

    /// The same for bytes from `base` on, of which none from `end` on is read.
    private static func endOfFieldValue(_ base: UnsafeRawPointer, from start: Int, to end: Int) -> Int {
        let tops: UInt64 = 0x8080_8080_8080_8080
        var index = start
        // A token is a thousand bytes long: four words at a time, up to the first that want a closer look.
        while index &+ 32 <= end {
            let words = base + index
            let found = (controls(words) | controls(words + 8)) | (controls(words + 16) | controls(words + 24))
            guard found & tops == 0 else { break }
            index &+= 32
        }
        while true {
            if index &+ 8 <= end {
                let found = controls(base + index) & tops
                if found == 0 {
                    index &+= 8
                    continue
                }
                index &+= found.trailingZeroBitCount &>> 3
            }
            guard index < end else { return index }
            let byte = base.load(fromByteOffset: index, as: UInt8.self)
            if (byte < 0x20 && byte != 0x09) || byte == 0x7f { return index }
            index &+= 1
        }
    }

    /// Of eight bytes: the top bit of the first that is a control character or DEL is set. Those behind it, and the other
    /// bits, say nothing.
    @inline(__always)
    private static func controls(_ bytes: UnsafeRawPointer) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let word = bytes.loadUnaligned(as: UInt64.self)
        let deletes = word ^ (ones &* 0x7f)
        return ((word &- ones &* 0x20) & ~word) | ((deletes &- ones) & ~deletes)
    }

    /// Whether the bytes may be a field's value.
    static func isFieldValue(_ bytes: Span<UInt8>) -> Bool { endOfFieldValue(bytes.bytes, from: 0) == bytes.count }
}
