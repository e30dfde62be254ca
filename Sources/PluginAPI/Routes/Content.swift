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
        /// Bytes of which any part can be had.
        case seekable(SeekableBytes)
    }

    /// Whether browsers show it in place although it has a name.
    public let isShown: Bool
    /// Whether it is somebody else's work, as an upload is: browsers run nothing in it, and keep no copy.
    public let isForeign: Bool
    /// For how many seconds anybody on the way may keep it, for what is the same for everybody; nil for what each client asks
    /// for anew.
    public let isKeptFor: Int?

    public init(
        _ body: Body, mediaType: String, fileName: String? = nil, isShown: Bool = false, isForeign: Bool = false,
        isKeptFor: Int? = nil
    ) {
        self.body = body
        self.mediaType = mediaType
        self.fileName = fileName
        self.isShown = isShown
        self.isForeign = isForeign
        self.isKeptFor = isKeptFor
    }

    public static var answerDocument: AnswerDocument { .content([]) }
    public func write(into writer: inout JSONWriter) -> AnswerShape { .content(self) }
}
