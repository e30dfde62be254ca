/// An answer whose content is read as it comes.
public struct ClientStream: Sendable {
    /// Everything but the content; its `body` is empty.
    public let answer: ClientResponse
    /// The content. Letting go of it before its end closes the connection.
    public let content: ClientContent
}

/// The content of an answer as it comes, in chunks of up to 64 KiB, for one consumer: iterate it once, from one task.
/// Nothing more is read from the server while much waits here.
public final class ClientContent: AsyncSequence, Sendable {
    /// A chunk, never empty.
    public typealias Element = [UInt8]
    /// Why it ended early.
    public typealias Failure = ClientError

    let flow: ContentFlow

    init(_ flow: ContentFlow) { self.flow = flow }

    deinit { flow.letGo() }

    /// Iterates over the chunks.
    public struct AsyncIterator: AsyncIteratorProtocol {
        let content: ClientContent

        /// The next chunk, or `nil` at the end.
        public mutating func next(isolation: isolated (any Actor)?) async throws(ClientError) -> [UInt8]? {
            try await content.flow.next()
        }

        /// The next chunk, or `nil` at the end.
        public mutating func next() async throws(ClientError) -> [UInt8]? { try await content.flow.next() }
    }

    /// An iterator over what has not been read.
    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(content: self) }
}
