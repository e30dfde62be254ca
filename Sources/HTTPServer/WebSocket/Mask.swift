/// A client's mask (RFC 6455 §5.3), which goes on where the last piece of a payload ended.
struct Mask: Sendable {
    /// The key's bytes, the first one to be used lowest.
    private var key: UInt32 = 0

    /// Takes the next byte of the key, the first one first.
    mutating func add(_ byte: UInt8) { key = key >> 8 | UInt32(byte) << 24 }

    /// Takes the mask off, eight bytes at a time.
    mutating func remove(from bytes: UnsafeMutableRawBufferPointer) {
        guard key != 0, let base = bytes.baseAddress else { return }
        let word = UInt64(key) << 32 | UInt64(key)
        let count = bytes.count
        var index = 0
        while index &+ 8 <= count {
            let value = base.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            base.storeBytes(of: value ^ word.littleEndian, toByteOffset: index, as: UInt64.self)
            index &+= 8
        }
        var rest = key
        while index < count {
            let value = base.load(fromByteOffset: index, as: UInt8.self)
            base.storeBytes(of: value ^ UInt8(truncatingIfNeeded: rest), toByteOffset: index, as: UInt8.self)
            rest = rest >> 8 | rest << 24
            index &+= 1
        }
        key = rest
    }
}
