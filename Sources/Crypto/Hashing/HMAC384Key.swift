/// A key for HMAC-SHA-384 (RFC 2104), prepared once: each tag costs two copied contexts instead of two more hashed blocks.
public struct HMAC384Key: Sendable {
    private let prepared: HMACState

    /// Prepares `secret`, of any length; 48 random bytes are right.
    public init(_ secret: SecretBytes) { prepared = secret.withBytes { HMACState(.sha384, key: $0) } }

    /// Prepares `secret`, of any length.
    public init(_ secret: RawSpan) { prepared = HMACState(.sha384, key: secret) }

    /// Prepares `secret`, of any length.
    public init(_ secret: [UInt8]) { prepared = HMACState(.sha384, key: secret.span.bytes) }

    /// The tag of `bytes`.
    public func tag(for bytes: RawSpan) -> Digest384 { prepared.tag(for: bytes) }

    /// The tag of `bytes`.
    public func tag(for bytes: [UInt8]) -> Digest384 { prepared.tag(for: bytes.span.bytes) }

    /// Whether `tag` is the whole tag of `bytes`; compared in constant time.
    public func verify(_ tag: RawSpan, for bytes: RawSpan) -> Bool {
        self.tag(for: bytes).withBytes { constantTimeEquals($0, tag) }
    }

    /// Whether `tag` is the whole tag of `bytes`; compared in constant time.
    public func verify(_ tag: [UInt8], for bytes: [UInt8]) -> Bool { verify(tag.span.bytes, for: bytes.span.bytes) }
}
