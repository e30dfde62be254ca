/// An answer that is not JSON: a calendar file, a PDF, a download.
public struct Content: Answer {
    /// `text/calendar; charset=utf-8`
    public let mediaType: String
    /// The name under which browsers save it; shown in place when nil.
    public let fileName: String?
    public let body: Body

    /// The bytes, at once or as they come.
    public enum Body: Sendable {
        case bytes([UInt8])
        /// As many bytes as said, or until the stream ends.
        case stream(length: Int?, ByteStream)
    }

    public init(_ body: Body, mediaType: String, fileName: String? = nil) {
        self.body = body
        self.mediaType = mediaType
        self.fileName = fileName
    }

    public static var answerDocument: AnswerDocument { .content([]) }
    public func write(into writer: inout JSONWriter) -> AnswerShape { .content(self) }
}

/// Bytes that arrive or leave piece by piece. Whoever produces waits while whoever consumes is busy.
public struct ByteStream: AsyncSequence, Sendable {
    public typealias Element = [UInt8]
    private let make: @Sendable () -> @Sendable () async throws -> [UInt8]?

    /// - Parameter make: gives, for one walk, the function that returns the next piece, or nil at the end.
    public init(_ make: @escaping @Sendable () -> @Sendable () async throws -> [UInt8]?) { self.make = make }

    public func makeAsyncIterator() -> Iterator { Iterator(pull: make()) }

    /// One walk through the bytes; a body can be walked once.
    public struct Iterator: AsyncIteratorProtocol {
        let pull: @Sendable () async throws -> [UInt8]?
        public mutating func next() async throws -> [UInt8]? { try await pull() }
    }
}
