/// Why a body is not a multipart form.
public enum MultipartFault: String, Error, Sendable, Hashable, CaseIterable {
    /// The media type is another one.
    case otherType
    /// The media type has no `boundary`, or one that RFC 2046 §5.1.1 does not allow.
    case missingBoundary
    /// Something other than padding stands behind a boundary.
    case malformedBoundary
    /// A part's header is not `name ":" value` lines ended by CRLF, or is not UTF-8.
    case malformedHeader
    /// A part is no `form-data` or has no name (RFC 7578 §4.2).
    case missingName
    /// A part has a transfer encoding that changes its bytes; RFC 7578 §4.7 deprecates them.
    case unknownEncoding
    /// A part's header is over its limit.
    case headerTooLarge
    /// There are more parts than allowed.
    case tooManyParts
    /// What stands around the parts is over its limit.
    case overheadTooLarge
    /// The body ends before the final boundary.
    case unfinished
    /// The form was read from two tasks at a time.
    case misused

    /// What is wrong, completing "The form …".
    public var message: String {
        switch self {
        case .otherType: "is not multipart/form-data"
        case .missingBoundary: "has no boundary parameter of 1 to 70 allowed characters in its Content-Type"
        case .malformedBoundary: "has something behind a boundary"
        case .malformedHeader: "has a part with a malformed header"
        case .missingName: "has a part without a Content-Disposition of form-data with a name"
        case .unknownEncoding: "has a part with a Content-Transfer-Encoding, which forms do not use"
        case .headerTooLarge: "has a part with too large a header"
        case .tooManyParts: "has too many parts"
        case .overheadTooLarge: "has too much around its parts"
        case .unfinished: "ends before its final boundary"
        case .misused: "was read from two tasks at a time"
        }
    }

    /// Whether it is a limit that was passed, and not the form that is malformed.
    public var isLimit: Bool { self == .headerTooLarge || self == .tooManyParts || self == .overheadTooLarge }
}
