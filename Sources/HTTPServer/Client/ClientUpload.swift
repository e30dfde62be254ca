/// Content of a request that is made while it is sent: only what the peer has not taken yet is held.
///
///     request.upload = ClientUpload(length: file.size) { file.chunks() }
public struct ClientUpload: Sendable {
    /// Takes a chunk, and waits while the peer is slower than its maker.
    typealias Sink = (_ chunk: [UInt8]) async throws(ClientError) -> Void

    /// How many bytes it has. When `nil` it is sent in chunks (RFC 9112 §7.1), which a server of HTTP/1.0 does not understand.
    public let length: Int?
    let send: @Sendable (Sink) async throws -> Void

    /// - Parameters:
    ///   - length: How many bytes the chunks have together; the request ends with ``ClientError/content(_:)`` when they
    ///     have fewer or more. `nil` when that is not known.
    ///   - chunks: Makes the chunks from the start. Called once, and again for each redirect that keeps the content and
    ///     for a repetition on another connection (see ``ClientRequest/isIdempotent``). It runs on the client's thread
    ///     and must not block there; an error that it throws ends the request.
    public init<Chunks: AsyncSequence & SendableMetatype>(
        length: Int? = nil, _ chunks: @escaping @Sendable () -> Chunks
    )
    where Chunks.Element == [UInt8], Chunks.AsyncIterator: SendableMetatype {
        self.length = length.map { max($0, 0) }
        send = { sink in
            for try await chunk in chunks() { try await sink(chunk) }
        }
    }
}
