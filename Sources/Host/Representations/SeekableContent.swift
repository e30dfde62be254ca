import HTTPServer

/// Content of a known length, of which any part can be had.
enum SeekableContent: Sendable {
    case bytes([UInt8])
    /// What the closure writes: exactly the bytes of the range it is given, as fast as the client reads. It may be called
    /// several times, one after the other.
    case source(length: Int, @Sendable (Range<Int>, BodyWriter) async throws -> Void)

    /// In bytes.
    var length: Int {
        switch self {
        case .bytes(let bytes): bytes.count
        case .source(let length, _): length
        }
    }

    /// All of it.
    var whole: Response.Body {
        switch self {
        case .bytes(let bytes): .bytes(bytes)
        case .source(let length, let write): .stream(length: length) { try await write(0..<length, $0) }
        }
    }

    /// A part of it, which must lie within its length.
    func part(_ range: Range<Int>) -> Response.Body {
        switch self {
        case .bytes(let bytes): .bytes(Array(bytes[range]))
        case .source(_, let write): .stream(length: range.count) { try await write(range, $0) }
        }
    }
}
