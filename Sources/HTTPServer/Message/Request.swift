/// A request: its head, and the connection it came on. Immutable; it owns a copy of its bytes and may outlive the
/// connection.
public final class Request: Sendable {
    /// The parsed head.
    public let head: RequestHead
    /// The client's address: the peer's own, or what the proxies of `ServerConfiguration.trustedProxies` say; then its
    /// port is 0 unless they say that too.
    public let remoteAddress: SocketAddress
    /// The address and port of who is at the other end of the connection: the client, or the proxy next to this server.
    public let peerAddress: SocketAddress
    /// Whether the client's connection is encrypted, here or, as a trusted proxy says, there.
    public let isSecure: Bool
    /// The port the request came in on.
    public let localPort: UInt16
    /// The position of the listener in `ServerConfiguration.listeners`.
    public let listener: Int
    /// The loop the connection lives on.
    public let loop: EventLoop

    /// A request as the server makes it, or a test. `peerAddress` is `remoteAddress` unless it is given.
    public init(
        head: RequestHead, remoteAddress: SocketAddress, peerAddress: SocketAddress? = nil, isSecure: Bool = false,
        localPort: UInt16, listener: Int, loop: EventLoop
    ) {
        self.head = head
        self.remoteAddress = remoteAddress
        self.peerAddress = peerAddress ?? remoteAddress
        self.isSecure = isSecure
        self.localPort = localPort
        self.listener = listener
        self.loop = loop
    }

    /// The head's bytes; every range below lies within them.
    public var bytes: [UInt8] { head.bytes }
    /// The method.
    public var method: Method { head.method }
    /// The method's text.
    public var methodRange: Range<Int> { head.methodRange }
    /// The form of the target.
    public var form: RequestHead.TargetForm { head.form }
    /// The path; see `RequestHead.path`.
    public var path: Range<Int> { head.path }
    /// The query without `?`, still percent-encoded.
    public var query: Range<Int>? { head.query }
    /// The validated host, lower-case, without port. `nil` only in HTTP/1.0.
    public var host: Range<Int>? { head.host }
    /// The port beside the host, if it was given.
    public var port: UInt16? { head.port }
    /// The version.
    public var version: HTTPVersion { head.version }
    /// Whether the client lets the connection live on.
    public var keepAlive: Bool { head.keepAlive }
    /// The declared length of the body.
    public var contentLength: Int? { head.contentLength }
}
