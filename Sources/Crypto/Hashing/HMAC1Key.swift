/// A key for HMAC-SHA-1 (RFC 2104), for what others sign that way; nothing of our own does.
public struct HMAC1Key: Sendable {
    private let prepared: HMACState

    /// Prepares `secret`, of any length.
    public init(_ secret: [UInt8]) { prepared = HMACState(.sha1, key: secret.span.bytes) }

    /// The tag of `bytes`, 20 bytes.
    public func tag(for bytes: [UInt8]) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: DigestAlgorithm.sha1.digestSize) { buffer, count in
            if let start = buffer.baseAddress { prepared.tag(for: bytes.span.bytes, to: start) }
            count = DigestAlgorithm.sha1.digestSize
        }
    }

    /// Whether `tag` is the whole tag of `bytes`; compared in constant time.
    public func verify(_ tag: [UInt8], for bytes: [UInt8]) -> Bool { constantTimeEquals(self.tag(for: bytes), tag) }
}
