/// A universally unique identifier (RFC 9562).
public struct UUID: FixedBytes, Comparable {
    private var words = InlineArray<2, UInt64>(repeating: 0)

    /// The nil UUID, all bytes zero.
    public init() {}

    /// A random UUID: version 4.
    public static func v4() -> UUID {
        var uuid: UUID = Random.value()
        uuid.mark(version: 4)
        return uuid
    }

    /// A UUID that sorts by time and is random otherwise: version 7.
    /// - Parameter unixMilliseconds: The time since 1970 in milliseconds; its low 48 bits are used.
    public static func v7(unixMilliseconds: Int64) -> UUID {
        var uuid: UUID = Random.value()
        withUnsafeMutableBytes(of: &uuid) { bytes in
            for index in 0..<6 { bytes[index] = UInt8(truncatingIfNeeded: unixMilliseconds >> (40 - 8 * index)) }
        }
        uuid.mark(version: 7)
        return uuid
    }

    /// Four bits that say how the UUID was made.
    public var version: Int { withUnsafeBytes(of: self) { Int($0[6] >> 4) } }

    /// For version 7, the time it was made, in milliseconds since 1970; nil for others.
    public var unixMilliseconds: Int64? {
        guard version == 7 else { return nil }
        return withUnsafeBytes(of: self) { bytes in bytes.prefix(6).reduce(0) { $0 << 8 | Int64($1) } }
    }

    private mutating func mark(version: UInt8) {
        withUnsafeMutableBytes(of: &self) { bytes in
            bytes[6] = bytes[6] & 0x0F | version << 4
            bytes[8] = bytes[8] & 0x3F | 0x80
        }
    }

    /// Compares in constant time.
    public static func == (one: UUID, other: UUID) -> Bool { one.hasSameBytes(as: other) }

    /// Orders by the bytes from the first, so version 7 by time.
    public static func < (one: UUID, other: UUID) -> Bool {
        for index in 0..<2 where one.words[index] != other.words[index] {
            return one.words[index].bigEndian < other.words[index].bigEndian
        }
        return false
    }

    /// Feeds all bytes: others may have chosen some of them.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(words[0])
        hasher.combine(words[1])
    }
}
