/// What tells whether a file has changed: FNV-1a of its bytes, and how many they are. It guards against nobody.
struct Fingerprint: Sendable, Equatable {
    let hash: UInt64
    let length: Int

    init(_ bytes: [UInt8]) {
        var hash = Self.start
        for byte in bytes { hash = Self.step(hash, byte) }
        self.hash = hash
        length = bytes.count
    }

    /// The hash of nothing.
    static let start: UInt64 = 0xCBF2_9CE4_8422_2325

    /// The hash with one more byte.
    @inline(__always)
    static func step(_ hash: UInt64, _ byte: UInt8) -> UInt64 { (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
}
