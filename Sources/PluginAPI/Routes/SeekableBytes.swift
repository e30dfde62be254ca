public import Time

/// Bytes of a known length, of which a client may have any part (RFC 9110 §14).
public struct SeekableBytes: Sendable {
    public let length: Int
    /// Names just these bytes; sent as a strong entity tag. Letters, digits, `-` and `_`.
    public let tag: String
    /// When they became what they are, if that is known.
    public let modified: Instant?
    /// Whether parts can be asked for.
    public let hasRanges: Bool
    /// The bytes of a range.
    public let read: @Sendable (Range<Int>) -> ByteStream

    public init(
        length: Int, tag: String, modified: Instant? = nil, hasRanges: Bool = true,
        read: @escaping @Sendable (Range<Int>) -> ByteStream
    ) {
        self.length = length
        self.tag = tag
        self.modified = modified
        self.hasRanges = hasRanges
        self.read = read
    }
}
