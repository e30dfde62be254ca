import HTTPServer
import PluginAPI

extension PluginAPI.ByteStream {
    /// Bodies taken piece by piece may be this long; what a route or tenant allows is checked on the way.
    static let limit = 4 << 30

    /// Nothing.
    static let empty = PluginAPI.ByteStream { { nil } }

    /// A request's body as plugins see it; it can be walked once.
    init(_ body: BodyStream) { self.init { { try await body.next() } } }
}

extension HTTPServer.Response.Body {
    /// The bytes of a plugin's answer.
    init(_ content: Content) {
        switch content.body {
        case .bytes(let bytes): self = .bytes(bytes)
        case .stream(let length, let stream):
            self = .stream(length: length) { writer in
                for try await piece in stream { try await writer.write(piece) }
            }
        case .seekable(let bytes):
            self = .stream(length: bytes.length) { writer in
                for try await piece in bytes.read(0..<bytes.length) { try await writer.write(piece) }
            }
        }
    }
}

extension Representation {
    /// Bytes of which a plugin gives any part.
    init(_ bytes: SeekableBytes, headers: HeaderFields) {
        let content = SeekableContent.source(length: bytes.length) { range, writer in
            for try await piece in bytes.read(range) { try await writer.write(piece) }
        }
        self.init(
            content, headers: headers,
            Validators(tag: EntityTag(opaque: "\"\(bytes.tag)\"", isWeak: false), lastModified: bytes.modified),
            hasRanges: bytes.hasRanges)
    }
}
