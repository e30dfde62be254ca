/// A copy of secret bytes that something is found by in a set or a dictionary: hashed once, with the process's random
/// seed, and compared in constant time.
///
/// For look-ups on every request, where a cryptographic digest of the secret would cost more than all the rest. The bytes
/// stay in memory as long as the key, so it is for secrets that live shortly; keep a digest of the others.
public struct SecretKey: Hashable, Sendable {
    private let bytes: [UInt8]
    private let digest: Int

    /// Copies `bytes`.
    ///
    /// - Parameter last: how many of the last bytes are hashed. A few are enough of what is found only when nobody could
    ///   choose them, such as the end of a signature.
    public init(_ bytes: Span<UInt8>, hashing last: Int = .max) {
        digest = Self.digest(of: bytes, hashing: last) { _ in }
        self.bytes = bytes.withUnsafeBufferPointer { [UInt8]($0) }
    }

    /// What the bytes are found by, with what `more` feeds: their hash with the process's random seed. For a look-up that
    /// copies nothing, together with ``matches(_:)``.
    public static func digest(of bytes: Span<UInt8>, hashing last: Int = .max, _ more: (inout Hasher) -> Void) -> Int {
        var hasher = Hasher()
        bytes.extracting(last: last).withUnsafeBytes { hasher.combine(bytes: $0) }
        more(&hasher)
        return hasher.finalize()
    }

    /// Whether it is the key of these bytes; as long for any that are as many.
    public func matches(_ bytes: Span<UInt8>) -> Bool { Self.isEqual(self.bytes.span.bytes, bytes.bytes) }

    public func hash(into hasher: inout Hasher) { hasher.combine(digest) }

    public static func == (one: SecretKey, other: SecretKey) -> Bool {
        one.digest == other.digest && isEqual(one.bytes.span.bytes, other.bytes.span.bytes)
    }

    /// As ``constantTimeEquals(_:_:)``, which takes a byte at a time: of a long token more than the rest of the look-up.
    private static func isEqual(_ one: RawSpan, _ other: RawSpan) -> Bool {
        guard one.byteCount == other.byteCount else { return false }
        let words = one.byteCount / 8
        var difference: UInt64 = 0
        one.withUnsafeBytes { one in
            other.withUnsafeBytes { other in
                for word in 0..<words {
                    difference |=
                        one.loadUnaligned(fromByteOffset: word &* 8, as: UInt64.self)
                        ^ other.loadUnaligned(fromByteOffset: word &* 8, as: UInt64.self)
                }
                for index in words &* 8..<one.count { difference |= UInt64(one[index] ^ other[index]) }
            }
        }
        return difference == 0
    }
}

extension SecretKey: CustomStringConvertible, CustomReflectable {
    /// Always `<secret>`.
    public var description: String { "<secret>" }

    /// Shows nothing.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
