import HTTPServer
import PluginAPI

/// What there is to read at a target, and how it is told from an earlier state. Its answer to a request may be the whole, a
/// part of it, or that nothing has changed: conditions (RFC 9110 §13) and ranges (§14) are decided here and nowhere else.
///
///     let file = Representation(.source(length: size, write), headers: fields, validators)
///     switch file.selection(for: request, now: now) { … }
struct Representation: Sendable {
    /// What a request gets.
    enum Selection: Sendable {
        /// 200, 206 or 304.
        case answer(Response)
        /// 412 or 416, with fields that belong to the refusal.
        case refused(Problem, HeaderFields)
    }

    let content: SeekableContent
    /// The fields of the whole, `content-type` and the validators among them. A part and a 304 carry them too.
    private var headers: HeaderFields
    let validators: Validators
    /// Whether parts can be asked for. They make no sense where the bytes change from answer to answer.
    var hasRanges: Bool

    init(_ content: SeekableContent, headers: consuming HeaderFields, _ validators: Validators, hasRanges: Bool = true)
    {
        self.content = content
        if let tag = validators.tag { headers.add(.etag, tag.text) }
        if let moment = validators.lastModified { headers.add(.lastModified, moment.httpDate) }
        self.headers = headers
        self.validators = validators
        self.hasRanges = hasRanges
    }

    /// Bytes, with their own strong tag.
    init(bytes: [UInt8], headers: HeaderFields, hasRanges: Bool = true) {
        self.init(.bytes(bytes), headers: headers, Validators(tag: .strong(of: bytes)), hasRanges: hasRanges)
    }

    /// The answer to a GET or HEAD. The server leaves the content out for HEAD.
    consuming func selection(for request: Request, now: Instant) -> Selection {
        switch Preconditions.verdict(on: request, validators, now: now) {
        case .proceed: break
        case .notModified: return .answer(Response(status: 304, headers: headers.without(.contentType)))
        case .failed: return .refused(.preconditionFailed, HeaderFields())
        }
        guard hasRanges, request.method == .get, let field = request.header(.range), !request.hasRepeated(.range),
            Preconditions.wantsRange(request, validators, now: now)
        else { return .answer(takeWhole()) }
        switch ByteRanges(request.bytes[field], length: content.length) {
        case .ignored: return .answer(takeWhole())
        case .unsatisfiable:
            var headers = HeaderFields()
            headers.add(.contentRange, "bytes */\(content.length)")
            return .refused(.rangeNotSatisfiable, headers)
        case .ranges(let ranges) where ranges.count == 1: return .answer(part(ranges[0]))
        case .ranges(let ranges): return .answer(parts(ranges))
        }
    }

    private mutating func takeWhole() -> Response {
        // Moved out, because what is shared is copied as soon as the answer gets its next field.
        var answer = Response(status: 200, body: content.whole)
        swap(&answer.headers, &headers)
        if hasRanges { answer.headers.add("accept-ranges: bytes") }
        return answer
    }

    private func part(_ range: Range<Int>) -> Response {
        var answer = Response(status: 206, headers: headers, body: content.part(range))
        answer.headers.add(.contentRange, MultipartRanges.contentRange(range, of: content.length))
        return answer
    }

    private func parts(_ ranges: [Range<Int>]) -> Response {
        let mediaType = headers.values(.contentType).first ?? "application/octet-stream"
        let parts = MultipartRanges(ranges, of: content, mediaType: mediaType)
        var answer = Response(status: 206, headers: headers.without(.contentType), body: parts.body(of: content))
        answer.headers.add(.contentType, parts.mediaType)
        return answer
    }
}

extension Problem {
    static let preconditionFailed = Problem(
        412, "PRECONDITION_FAILED",
        "It has changed since: what If-Match or If-Unmodified-Since asks for is no longer so.")
    static let rangeNotSatisfiable = Problem(416, "RANGE_NOT_SATISFIABLE", "There is nothing in the range asked for.")
}
