extension QRCode {
    /// A text as the bits of a code: its mode, its length and its bytes (ISO/IEC 18004 §7.4).
    struct Payload: Sendable {
        let bytes: [UInt8]
        /// Readers take bytes for Latin-1 unless told; what is no ASCII is marked as UTF-8.
        let isMarkedUTF8: Bool

        init(_ text: String) {
            bytes = Array(text.utf8)
            isMarkedUTF8 = bytes.contains { $0 >= 0x80 }
        }

        /// Bits in all, without padding.
        func bitCount(lengthBits: Int) -> Int { (isMarkedUTF8 ? 12 : 0) + 4 + lengthBits + bytes.count * 8 }

        /// The data codewords of a code, padded to its capacity.
        func codewords(_ version: QRVersion, _ correction: Correction) -> [UInt8] {
            let capacity = version.dataCodewords(correction)
            var bits = BitList()
            if isMarkedUTF8 {
                bits.append(0b0111, count: 4)  // Extended Channel Interpretation
                bits.append(26, count: 8)  // 26: UTF-8
            }
            bits.append(0b0100, count: 4)  // Byte mode
            bits.append(bytes.count, count: version.lengthBits)
            for byte in bytes { bits.append(Int(byte), count: 8) }
            bits.append(0, count: min(4, capacity * 8 - bits.count))
            bits.append(0, count: (8 - bits.count % 8) % 8)
            var codewords = bits.bytes
            var pad: UInt8 = 0xEC
            while codewords.count < capacity {
                codewords.append(pad)
                pad ^= 0xEC ^ 0x11
            }
            return codewords
        }
    }
}

/// Bits put one after another, the highest of each number first.
private struct BitList {
    private(set) var bytes: [UInt8] = []
    private(set) var count = 0

    mutating func append(_ value: Int, count added: Int) {
        for bit in stride(from: added - 1, through: 0, by: -1) {
            if count % 8 == 0 { bytes.append(0) }
            if value >> bit & 1 == 1 { bytes[bytes.count - 1] |= 0x80 >> UInt8(count % 8) }
            count += 1
        }
    }
}
