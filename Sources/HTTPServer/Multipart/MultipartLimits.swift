/// Bounds of a multipart form, beyond the length of the body as a whole, which its stream limits.
public struct MultipartLimits: Sendable, Hashable {
    /// Parts in a form.
    public var parts = 1_000
    /// Bytes of one part's header fields.
    public var headerBytes = 8 * 1024
    /// Bytes before the first boundary, behind the last one and of padding behind boundaries, together.
    public var overheadBytes = 64 * 1024

    /// The defaults.
    public init() {}
}
