/// SHA-256 (FIPS 180-4): ``hash(_:)-(RawSpan)`` for bytes at hand, a value of this type for bytes that come in pieces.
public struct SHA256: ~Copyable, Sendable {
    private var context: DigestContext

    /// Starts a digest.
    public init() { context = DigestContext(.sha256) }

    private init(_ context: consuming DigestContext) { self.context = context }

    /// Takes in more bytes.
    public mutating func update(_ bytes: RawSpan) { context.update(bytes) }

    /// Takes in more bytes.
    public mutating func update(_ bytes: [UInt8]) { context.update(bytes.span.bytes) }

    /// A second digest that goes on from here on its own.
    public func copy() -> SHA256 { SHA256(context.copy()) }

    /// The digest of everything taken in.
    public consuming func finish() -> Digest256 { context.finish() }

    /// The digest of `bytes`.
    public static func hash(_ bytes: RawSpan) -> Digest256 { DigestContext.hash(bytes, .sha256) }

    /// The digest of `bytes`.
    public static func hash(_ bytes: [UInt8]) -> Digest256 { DigestContext.hash(bytes.span.bytes, .sha256) }

    /// The digest of `bytes`.
    public static func hash(_ bytes: Span<UInt8>) -> Digest256 { DigestContext.hash(bytes.bytes, .sha256) }
}
