/// The checksum of ZIP (ISO 3309, reflected, polynomial 0xEDB88320), eight bytes at a time.
struct CRC32: Sendable {
    private var state: UInt32 = 0xFFFF_FFFF

    /// The checksum of all bytes so far.
    var value: UInt32 { ~state }

    mutating func add(_ bytes: [UInt8]) {
        let table = Self.table
        var crc = state
        var at = 0
        while at + 8 <= bytes.count {
            let low =
                crc
                ^ (UInt32(bytes[at]) | UInt32(bytes[at + 1]) << 8 | UInt32(bytes[at + 2]) << 16
                    | UInt32(bytes[at + 3]) << 24)
            let first =
                table[1792 + Int(low & 0xFF)] ^ table[1536 + Int(low >> 8 & 0xFF)]
                ^ table[1280 + Int(low >> 16 & 0xFF)] ^ table[1024 + Int(low >> 24)]
            let second =
                table[768 + Int(bytes[at + 4])] ^ table[512 + Int(bytes[at + 5])] ^ table[256 + Int(bytes[at + 6])]
                ^ table[Int(bytes[at + 7])]
            crc = first ^ second
            at += 8
        }
        while at < bytes.count {
            crc = table[Int((crc ^ UInt32(bytes[at])) & 0xFF)] ^ crc >> 8
            at += 1
        }
        state = crc
    }

    /// For each byte, and for each byte with one to seven zeros behind it.
    private static let table: [UInt32] = {
        var table: [UInt32] = []
        for byte in 0..<UInt32(256) {
            var value = byte
            for _ in 0..<8 { value = value & 1 == 1 ? 0xEDB8_8320 ^ value >> 1 : value >> 1 }
            table.append(value)
        }
        for zeros in 1..<8 {
            for byte in 0..<256 {
                let before = table[256 * (zeros - 1) + byte]
                table.append(table[Int(before & 0xFF)] ^ before >> 8)
            }
        }
        return table
    }()
}
