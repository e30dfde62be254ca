/// Why a request to somebody else's server has no answer.
public enum ClientError: Error, Sendable, Hashable {
    /// What took too long.
    public enum Phase: String, Sendable, Hashable {
        /// The name, the connection, the keys.
        case connect
        /// The answer's first byte.
        case firstByte
        /// The whole.
        case total
    }

    /// What is wrong with an answer.
    public enum Malformation: String, Sendable, Hashable {
        /// The first line is not `HTTP/1.x SP status SP reason` (RFC 9112 §4).
        case statusLine
        /// A field line is not `name ":" value`, is folded, or holds a byte it may not hold (RFC 9112 §5).
        case field
        /// The length is no number, is given twice differently, or stands beside a transfer coding (RFC 9112 §6.3).
        case length
        /// The transfer coding is not `chunked` alone (RFC 9112 §6.1).
        case transferCoding
        /// A chunk's size, end or trailer is malformed (RFC 9112 §7.1).
        case chunk
        /// 101, which nobody asked for, or too many interim answers.
        case interim
        /// It ended before its end.
        case cutOff
    }

    /// The request cannot be sent: its method is no token, or it has a field that is the client's to write.
    case invalidRequest
    /// The name stands for no address.
    case cannotResolve(String)
    /// The policy allows none of the addresses that the name stands for; this is the first.
    case addressRefused(SocketAddress)
    /// Nobody answers there, in the system's words.
    case cannotConnect(String)
    /// The server does not prove who it is, or does not speak TLS as it should, in OpenSSL's words.
    case tls(String)
    /// It took too long.
    case timedOut(Phase)
    /// The connection ended before an answer came.
    case disconnected
    /// The answer is no HTTP as it should be.
    case malformed(Malformation)
    /// The answer's head is over its limit.
    case headTooLarge
    /// The answer's content is over its limit.
    case bodyTooLarge
    /// A redirect leads to no address that can be asked, or from TLS to none.
    case badRedirect
    /// There were more redirects than are followed.
    case tooManyRedirects
    /// The target has failed too often of late; milliseconds until it is tried again.
    case circuitOpen(retryAfter: Int64)
    /// Too many requests wait already.
    case overloaded
    /// The request's content could not be made as announced: what the sequence threw, or what is wrong with its length.
    case content(String)
    /// Two tasks read an answer's content, or wrote a request's, at the same time.
    case misused
    /// The task was cancelled.
    case cancelled
    /// The client is closed, or has no thread.
    case closed

    /// Whether it says something about the target's health.
    public var isFailureOfTarget: Bool {
        switch self {
        case .cannotResolve, .cannotConnect, .tls, .timedOut, .disconnected, .malformed: true
        default: false
        }
    }
}
