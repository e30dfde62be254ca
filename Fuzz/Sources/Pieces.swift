/// Cuts bytes into pieces at places that depend on the bytes alone, so that an input that fails does so again.
struct Pieces {
    private var state: UInt64

    init(for bytes: [UInt8]) {
        // FNV-1a.
        state = bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }

    /// A number below a bound.
    mutating func next(_ bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(truncatingIfNeeded: state >> 33) % bound
    }

    /// The bytes in pieces of 0 to 1, 7 or 64 bytes.
    mutating func cut(_ bytes: [UInt8]) -> [[UInt8]] {
        let most = [2, 8, 65][next(3)]
        var pieces: [[UInt8]] = []
        var at = 0
        while at < bytes.count {
            let end = min(bytes.count, at + next(most))
            pieces.append(Array(bytes[at..<end]))
            at = end
        }
        return pieces
    }
}
