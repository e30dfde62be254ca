/// Why a request cannot be handled; each has its status.
public enum HTTPFault: String, Error, Sendable, Hashable, CaseIterable {
    /// 400: the request line is not `method SP target SP version CRLF` (RFC 9112 §3).
    case malformedRequestLine
    /// 400: the request target has a form or a character it may not have (RFC 9112 §3.2).
    case malformedTarget
    /// 400: the path has dot segments, broken escapes, or escapes of `/`, `\` or a control character (RFC 3986 §3.3).
    case unsafePath
    /// 400: a field line is not `name ":" value`, or holds a byte it may not hold (RFC 9112 §5).
    case malformedField
    /// 400: a folded field line (RFC 9112 §5.2).
    case obsoleteFolding
    /// 400: LF without CR, or CR without LF (RFC 9112 §2.2).
    case bareLineBreak
    /// 400: an HTTP/1.1 request without Host (RFC 9112 §3.2).
    case missingHost
    /// 400: more than one Host (RFC 9112 §3.2).
    case repeatedHost
    /// 400: Host, or the authority of the target, is no host (RFC 9110 §7.2).
    case malformedHost
    /// 400: Content-Length is no number, or two differ (RFC 9112 §6.3).
    case malformedContentLength
    /// 400: Content-Length beside Transfer-Encoding, or Transfer-Encoding in HTTP/1.0 (RFC 9112 §6.1).
    case ambiguousLength
    /// 400: the last transfer coding is not `chunked`, or `chunked` is applied twice (RFC 9112 §6.3).
    case malformedTransferEncoding
    /// 400: a chunk size, a chunk's end or a trailer is malformed (RFC 9112 §7.1).
    case malformedChunk
    /// 400: plain HTTP where TLS is spoken.
    case tlsRequired
    /// 408: the head did not arrive in time.
    case headTimeout
    /// 408: the body did not arrive in time.
    case bodyTimeout
    /// 413: the body is over its limit.
    case contentTooLarge
    /// 414: the request target is over its limit.
    case targetTooLong
    /// 417: an expectation other than `100-continue` (RFC 9110 §10.1.1).
    case expectationFailed
    /// 421: the host is none that the connection's certificate was shown for (RFC 9110 §15.5.20).
    case misdirected
    /// 431: the fields are too many or too long (RFC 6585 §5).
    case fieldsTooLarge
    /// 501: a transfer coding other than `chunked` (RFC 9112 §6.1).
    case unknownTransferCoding
    /// 501: CONNECT, which only a proxy has a use for (RFC 9110 §9.3.6).
    case unsupportedMethod
    /// 505: a major version other than 1 (RFC 9110 §15.6.6).
    case unsupportedVersion

    /// The status code of the refusal.
    public var status: Int {
        switch self {
        case .headTimeout, .bodyTimeout: 408
        case .contentTooLarge: 413
        case .targetTooLong: 414
        case .expectationFailed: 417
        case .misdirected: 421
        case .fieldsTooLarge: 431
        case .unknownTransferCoding, .unsupportedMethod: 501
        case .unsupportedVersion: 505
        default: 400
        }
    }

    /// Whether it is no longer known where the next request begins, so that the connection must close.
    public var losesFraming: Bool {
        self != .expectationFailed && self != .contentTooLarge && self != .unsafePath && self != .misdirected
    }
}
