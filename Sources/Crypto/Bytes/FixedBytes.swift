internal import COpenSSL

/// A value that is a fixed number of bytes, kept inline: digests, signatures, nonces, UUIDs.
///
/// Equality takes the same time wherever the bytes differ, so a tag may be compared with `==`. A description says only
/// how many bytes there are. The types of this module conform, others should not: a conforming type must be nothing but
/// its bytes, without padding.
public protocol FixedBytes: Hashable, Sendable, BitwiseCopyable, CustomStringConvertible {
    /// All bytes zero.
    init()
}

extension FixedBytes {
    /// How many bytes a value has.
    public static var byteCount: Int { MemoryLayout<Self>.size }

    /// Takes over exactly ``byteCount`` bytes; nil if there are more or fewer.
    public init?(_ bytes: RawSpan) {
        guard bytes.byteCount == Self.byteCount else { return nil }
        self.init()
        bytes.withUnsafeBytes { source in
            withUnsafeMutableBytes(of: &self) { $0.copyMemory(from: source) }
        }
    }

    /// Takes over exactly ``byteCount`` bytes; nil if there are more or fewer.
    public init?(_ bytes: [UInt8]) { self.init(bytes.span.bytes) }

    /// The bytes in an array of their own.
    public var bytes: [UInt8] { withUnsafeBytes(of: self) { Array($0) } }

    /// The bytes as lower case hexadecimal text.
    public var hex: String { withBytes { Hex.encode($0) } }

    /// Lends the bytes without copying them to the heap.
    public func withBytes<Result, Failure: Error>(_ body: (RawSpan) throws(Failure) -> Result) throws(Failure) -> Result
    {
        try withUnsafeBytes(of: self) { (buffer) throws(Failure) in try body(buffer.bytes) }
    }

    /// How many bytes, not which.
    public var description: String { "<\(Self.byteCount) bytes>" }

    /// Compares in constant time.
    func hasSameBytes(as other: Self) -> Bool {
        withUnsafeBytes(of: self) { own in
            withUnsafeBytes(of: other) { CRYPTO_memcmp(own.baseAddress, $0.baseAddress, own.count) == 0 }
        }
    }

    /// A value whose bytes `fill` writes.
    init(filledBy fill: (UnsafeMutablePointer<UInt8>) -> Void) {
        self.init()
        withUnsafeMutableBytes(of: &self) { buffer in
            if let start = buffer.baseAddress { fill(start.assumingMemoryBound(to: UInt8.self)) }
        }
    }
}
