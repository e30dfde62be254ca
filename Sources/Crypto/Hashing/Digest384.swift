/// The 48 bytes of a SHA-384 digest or HMAC-SHA-384 tag.
public struct Digest384: FixedBytes {
    private var words = InlineArray<6, UInt64>(repeating: 0)

    /// All bytes zero.
    public init() {}

    /// Compares in constant time.
    public static func == (one: Self, other: Self) -> Bool { one.hasSameBytes(as: other) }

    /// Feeds one word: digests differ in every word alike.
    public func hash(into hasher: inout Hasher) { hasher.combine(words[0]) }
}
