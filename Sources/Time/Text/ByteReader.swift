/// Reads numbers, most significant byte first, from bytes that may be cut short.
struct ByteReader {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// How many bytes are left.
    var remaining: Int { bytes.count - position }

    /// Passes over `count` bytes; false where there are fewer.
    mutating func skip(_ count: Int) -> Bool {
        guard count <= remaining else { return false }
        position += count
        return true
    }

    /// The next `count` bytes; nil where there are fewer.
    mutating func bytes(_ count: Int) -> [UInt8]? {
        guard skip(count) else { return nil }
        return Array(bytes[(position - count)..<position])
    }

    /// A number of `width` bytes, up to eight; nil at the end.
    mutating func unsigned(_ width: Int) -> UInt64? {
        guard skip(width) else { return nil }
        return bytes[(position - width)..<position].reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// A number of `width` bytes in two's complement, up to eight; nil at the end.
    mutating func signed(_ width: Int) -> Int64? {
        guard let value = unsigned(width) else { return nil }
        let unused = 64 - width * 8
        return Int64(bitPattern: value << UInt64(unused)) >> Int64(unused)
    }

    /// What stands before the next line feed, which is passed over too; nil where there is none.
    mutating func line() -> [UInt8]? {
        guard let end = bytes[position...].firstIndex(of: 10) else { return nil }
        defer { position = end + 1 }
        return Array(bytes[position..<end])
    }
}
