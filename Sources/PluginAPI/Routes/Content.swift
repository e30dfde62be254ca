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
