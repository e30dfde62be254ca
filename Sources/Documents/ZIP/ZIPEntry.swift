internal import Time

/// A file of an archive, and the records about it.
struct ZIPEntry: Sendable {
    /// From here on lengths and places do not fit in four bytes.
    static let limit32 = 0xFFFF_FFFF

    let name: [UInt8]
    let modified: Instant
    /// Where its local header begins.
    let offset: Int
    /// Whether its lengths are written in eight bytes, because they are large or not known beforehand.
    let isLarge: Bool
    var length = 0
    var crc: UInt32 = 0

    init(name: [UInt8], modified: Instant, offset: Int, isLarge: Bool) {
        self.name = name
        self.modified = modified
        self.offset = offset
        self.isLarge = isLarge
    }

    /// Lengths and checksum follow behind the file (bit 3); the name is UTF-8 (bit 11).
    private static let flags = 0x0808

    var localHeader: [UInt8] {
        var bytes: [UInt8] = []
        bytes.little(0x0403_4B50, 4)
        bytes.little(isLarge ? 45 : 20, 2)
        bytes.little(Self.flags, 2)
        bytes.little(0, 2)
        bytes.little(dosTime, 4)
        bytes.little(0, 4)
        bytes.little(isLarge ? Self.limit32 : 0, 4)
        bytes.little(isLarge ? Self.limit32 : 0, 4)
        bytes.little(name.count, 2)
        var extra = timestamp
        if isLarge {
            extra.little(0x0001, 2)
            extra.little(16, 2)
            extra.little(0, 8)
            extra.little(0, 8)
        }
        bytes.little(extra.count, 2)
        return bytes + name + extra
    }

    /// What follows the file.
    var descriptor: [UInt8] {
        var bytes: [UInt8] = []
        bytes.little(0x0807_4B50, 4)
        bytes.little(Int(crc), 4)
        bytes.little(length, isLarge ? 8 : 4)
        bytes.little(length, isLarge ? 8 : 4)
        return bytes
    }

    /// Its line in the directory at the end.
    var directoryRecord: [UInt8] {
        var large: [UInt8] = []
        // Readers take a descriptor for one of eight bytes where the directory says ZIP64.
        if isLarge {
            large.little(length, 8)
            large.little(length, 8)
        }
        if offset >= Self.limit32 { large.little(offset, 8) }
        var extra = timestamp
        if !large.isEmpty {
            extra.little(0x0001, 2)
            extra.little(large.count, 2)
            extra += large
        }
        var bytes: [UInt8] = []
        bytes.little(0x0201_4B50, 4)
        // Made on Unix, so that the mode below counts.
        bytes.little(3 << 8 | 45, 2)
        bytes.little(large.isEmpty ? 20 : 45, 2)
        bytes.little(Self.flags, 2)
        bytes.little(0, 2)
        bytes.little(dosTime, 4)
        bytes.little(Int(crc), 4)
        bytes.little(isLarge ? Self.limit32 : length, 4)
        bytes.little(isLarge ? Self.limit32 : length, 4)
        bytes.little(name.count, 2)
        bytes.little(extra.count, 2)
        // Comment, disk, inner attributes.
        bytes.little(0, 6)
        bytes.little(0o100644 << 16, 4)
        bytes.little(min(offset, Self.limit32), 4)
        return bytes + name + extra
    }

    static func end64(count: Int, start: Int, length: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.little(0x0606_4B50, 4)
        bytes.little(44, 8)
        bytes.little(3 << 8 | 45, 2)
        bytes.little(45, 2)
        bytes.little(0, 8)
        bytes.little(count, 8)
        bytes.little(count, 8)
        bytes.little(length, 8)
        bytes.little(start, 8)
        // Where that record is.
        bytes.little(0x0706_4B50, 4)
        bytes.little(0, 4)
        bytes.little(start + length, 8)
        bytes.little(1, 4)
        return bytes
    }

    static func end(count: Int, start: Int, length: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.little(0x0605_4B50, 4)
        bytes.little(0, 4)
        bytes.little(min(count, 0xFFFF), 2)
        bytes.little(min(count, 0xFFFF), 2)
        bytes.little(min(length, limit32), 4)
        bytes.little(min(start, limit32), 4)
        bytes.little(0, 2)
        return bytes
    }

    /// Seconds since 1970, for readers that know them (Info-ZIP's extra field `UT`).
    private var timestamp: [UInt8] {
        var bytes: [UInt8] = []
        bytes.little(0x5455, 2)
        bytes.little(5, 2)
        bytes.little(1, 1)
        bytes.little(Int(min(max(modified.seconds, 0), Int64(Int32.max))), 4)
        return bytes
    }

    /// Time and day of MS-DOS, in UTC, to two seconds, from 1980 on.
    private var dosTime: Int {
        let text = modified.description.utf8.filter { (0x30...0x39).contains($0) }.prefix(14)
        guard text.count == 14 else { return 0x21 << 16 }
        let digits = text.map { Int($0) - 0x30 }
        func number(_ at: Int, _ count: Int) -> Int { digits[at..<at + count].reduce(0) { $0 * 10 + $1 } }
        let year = min(max(number(0, 4), 1980), 2107)
        let day = (year - 1980) << 9 | number(4, 2) << 5 | number(6, 2)
        return day << 16 | number(8, 2) << 11 | number(10, 2) << 5 | min(number(12, 2), 59) / 2
    }
}

extension [UInt8] {
    /// Appends a number, its lowest byte first.
    fileprivate mutating func little(_ value: Int, _ count: Int) {
        for byte in 0..<count { append(byte < 8 ? UInt8(truncatingIfNeeded: value >> (8 * byte)) : 0) }
    }
}
