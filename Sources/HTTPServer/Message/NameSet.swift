/// Which names a head has, each as one of 64 bits that other names may share: what is not in it is not in the head.
struct NameSet: Sendable, Equatable {
    private var bits: UInt64 = 0

    /// Notes a name, given as lower-case bytes.
    @inline(__always)
    mutating func insert(first: UInt8, last: UInt8, count: Int) { bits |= Self.bit(first, last, count) }

    /// Whether a name may be there.
    @inline(__always)
    func mayContain(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first = name.first, let last = name.last else { return false }
        return bits & Self.bit(first, last, name.count) != 0
    }

    /// Of the names that come in one request, hardly two agree in their length and both their ends.
    @inline(__always)
    private static func bit(_ first: UInt8, _ last: UInt8, _ count: Int) -> UInt64 {
        let mixed = UInt64(first) &* 7 ^ UInt64(last) &* 13 ^ UInt64(truncatingIfNeeded: count) &* 5
        return 1 &<< (mixed & 63)
    }
}
