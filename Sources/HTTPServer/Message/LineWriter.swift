/// Writes the parts of lines one behind the other, where there is room for them.
struct LineWriter {
    /// The bytes of the longest number.
    static let longestNumber = 20

    /// Where the next part goes.
    private(set) var target: UnsafeMutableRawPointer

    @inline(__always)
    init(target: UnsafeMutableRawPointer) { self.target = target }

    @inline(__always)
    mutating func write(_ part: UnsafeBufferPointer<UInt8>) {
        if let start = part.baseAddress { target.copyMemory(from: start, byteCount: part.count) }
        target += part.count
    }

    @inline(__always)
    mutating func write(_ part: Span<UInt8>) { part.withUnsafeBufferPointer { write($0) } }

    /// Writes a number without a text between.
    mutating func write(decimal number: Int64) {
        if number < 0 {
            target.storeBytes(of: UInt8(ascii: "-"), as: UInt8.self)
            target += 1
        }
        var rest = number.magnitude
        var digits = 1
        var power: UInt64 = 10
        // A 64-bit number has 19 digits at most, so the power stays one.
        while digits < 19, rest >= power { (digits, power) = (digits &+ 1, power &* 10) }
        for index in (0..<digits).reversed() {
            let digit = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            target.storeBytes(of: digit, toByteOffset: index, as: UInt8.self)
            rest /= 10
        }
        target += digits
    }

    @inline(__always)
    mutating func separate() { write(UInt8(ascii: ":"), UInt8(ascii: " ")) }

    @inline(__always)
    mutating func endLine() { write(0x0d, 0x0a) }

    @inline(__always)
    private mutating func write(_ first: UInt8, _ second: UInt8) {
        target.storeBytes(of: (UInt16(second) << 8 | UInt16(first)).littleEndian, as: UInt16.self)
        target += 2
    }
}
