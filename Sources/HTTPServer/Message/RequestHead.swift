/// The head of a request: its bytes, and where in them each part lies. Every range is within `bytes`.
///
/// Field names, and the host, are lower-cased in place, and escapes that the path does not need are undone; everything
/// else is as the client sent it.
public struct RequestHead: Sendable, Equatable {
    /// The form of the request target (RFC 9112 §3.2).
    public enum TargetForm: UInt8, Sendable, Hashable {
        /// `/path?query`.
        case origin
        /// `http://host/path?query`.
        case absolute
        /// `*`, with OPTIONS only, or an absolute form of OPTIONS without a path.
        case asterisk
    }

    /// One field line: where its name and its value, without surrounding blanks, lie.
    public struct Field: Sendable, Equatable {
        var nameStart: UInt16
        var nameCount: UInt16
        var valueStart: UInt16
        var valueCount: UInt16

        /// The lower-case name.
        public var name: Range<Int> { Int(nameStart)..<Int(nameStart) + Int(nameCount) }
        /// The value.
        public var value: Range<Int> { Int(valueStart)..<Int(valueStart) + Int(valueCount) }
    }

    /// The head, from the method to the empty line.
    public internal(set) var bytes: [UInt8]
    /// The method.
    public internal(set) var method = Method.other
    /// The method's text.
    public internal(set) var methodRange = 0..<0
    /// The form of the target.
    public internal(set) var form = TargetForm.origin
    /// The path. What is percent-encoded in it has to be. Unless `hasUnsafePath`, that is no `/`, `\` or control character,
    /// and there are no dot segments. Empty for the asterisk form, and for an absolute form without a path.
    public internal(set) var path = 0..<0
    /// What follows `?`, still percent-encoded.
    public internal(set) var query: Range<Int>?
    /// The fields, in order.
    public internal(set) var fields: [Field] = []
    /// Which names are among the fields, as far as 64 bits tell: most names asked for are not there at all.
    var names = NameSet()
    /// The host of the target or else of Host, lower-case, without port; an IPv6 address keeps its brackets.
    /// `nil` only in HTTP/1.0.
    public internal(set) var host: Range<Int>?
    /// The port beside the host.
    public internal(set) var port: UInt16?
    /// The version.
    public internal(set) var version = HTTPVersion.http11
    /// Whether the client lets the connection live on.
    public internal(set) var keepAlive = true
    /// The declared length of the body.
    public internal(set) var contentLength: Int?
    /// Whether the body is chunked.
    public internal(set) var isChunked = false
    /// Whether the client waits for 100 (Continue) before it sends the body.
    public internal(set) var expectsContinue = false
    /// Whether there is an expectation this server does not know.
    public internal(set) var hasUnknownExpectation = false

    /// Whether the path could lead somewhere else than it seems to, or has a broken escape.
    public internal(set) var hasUnsafePath = false

    /// Why this request is refused although it can be read.
    public var fault: HTTPFault? {
        if hasUnknownExpectation { return .expectationFailed }
        return hasUnsafePath ? .unsafePath : nil
    }

    /// Whether any body follows.
    public var hasBody: Bool { isChunked || (contentLength ?? 0) > 0 }
}
