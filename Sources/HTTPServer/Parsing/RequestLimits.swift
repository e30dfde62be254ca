/// The most a request's framing may take.
public struct RequestLimits: Sendable, Hashable {
    /// Bytes of a head, request line and empty line included; at most 65,535. Over it: 431, or 414 when even the request
    /// line does not end.
    public var headBytes: Int { didSet { headBytes = min(max(headBytes, 64), 65_535) } }
    /// Bytes of a request target. Over it: 414.
    public var targetBytes = 8 * 1024
    /// Field lines. Over it: 431.
    public var fieldCount = 100
    /// Bytes of all chunk extensions and trailers of one body. Over it: 431.
    public var chunkOverheadBytes = 8 * 1024

    /// The defaults: 16 KiB head, 8 KiB target, 100 fields, 8 KiB chunk overhead.
    public init() { headBytes = 16 * 1024 }
}
