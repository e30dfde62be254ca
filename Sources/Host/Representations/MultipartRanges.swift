import Crypto
import HTTPServer

/// Several parts of one content in one answer: `multipart/byteranges` (RFC 9110 §14.6).
struct MultipartRanges: Sendable {
    private let parts: [(head: [UInt8], range: Range<Int>)]
    private let end: [UInt8]
    /// With the boundary.
    let mediaType: String

    /// - Parameter mediaType: of the content.
    init(_ ranges: [Range<Int>], of content: SeekableContent, mediaType: String) {
        let boundary = Random.token(bytes: 18)
        self.mediaType = "multipart/byteranges; boundary=" + boundary
        parts = ranges.enumerated().map { index, range in
            let position = Self.contentRange(range, of: content.length)
            let head =
                "\(index == 0 ? "" : "\r\n")--\(boundary)\r\ncontent-type: \(mediaType)\r\ncontent-range: \(position)\r\n\r\n"
            return (Array(head.utf8), range)
        }
        end = Array("\r\n--\(boundary)--\r\n".utf8)
    }

    /// `bytes 0-499/1234` (RFC 9110 §14.4).
    static func contentRange(_ range: Range<Int>, of length: Int) -> String {
        "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(length)"
    }

    func body(of content: SeekableContent) -> Response.Body {
        let length = parts.reduce(end.count) { $0 + $1.head.count + $1.range.count }
        switch content {
        case .bytes(let bytes):
            var all: [UInt8] = []
            all.reserveCapacity(length)
            for part in parts {
                all += part.head
                all += bytes[part.range]
            }
            return .bytes(all + end)
        case .source(_, let write):
            return .stream(length: length) { writer in
                for part in parts {
                    try await writer.write(part.head)
                    try await write(part.range, writer)
                }
                try await writer.write(end)
            }
        }
    }
}
