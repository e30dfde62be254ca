/// A request to somebody else's server, with the bounds that hold for it.
public struct ClientRequest: Sendable {
    /// The method, a token: `GET`, `POST`.
    public var method: String
    /// Where it goes.
    public var url: ClientURL
    /// Its fields. The client adds `host` and the content's framing itself; `host`, `expect`, `te`, `trailer` and `upgrade` may not be
    /// among them.
    public var headers = HeaderFields()
    /// Its content; none when `nil`.
    public var body: [UInt8]?
    /// Its content when it is made while it is sent, instead of `body`.
    public var upload: ClientUpload?

    /// Which addresses it may go to.
    public var policy: AddressPolicy
    /// Which authorities are believed; those of the client when `nil`.
    public var trust: TLSTrust?
    /// The one address to connect to, whatever the name stands for; it is judged all the same.
    public var pinnedAddress: SocketAddress?
    /// Whether it may be sent a second time, when a connection that was used before turns out to be closed. By its method
    /// when `nil` (RFC 9110 §9.2.2).
    public var isIdempotent: Bool?
    /// How many redirects are followed; each goes through the same checks.
    public var redirectLimit = 0

    /// To look the name up, connect and agree on keys.
    public var connectTimeout: Duration = .seconds(5)
    /// From the request's last byte to the answer's first.
    public var firstByteTimeout: Duration = .seconds(15)
    /// For everything, redirects and streamed content included.
    public var totalTimeout: Duration = .seconds(30)
    /// Bytes of the answer's head.
    public var headLimit = 16 * 1024
    /// Bytes of the answer's content.
    public var bodyLimit = 1 << 20

    /// A request. Every target that a tenant or a person chose needs the policy `publicOnly`.
    public init(_ method: String, _ url: ClientURL, policy: AddressPolicy) {
        self.method = method
        self.url = url
        self.policy = policy
    }

    var mayBeRepeated: Bool {
        isIdempotent ?? ["GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"].contains(method)
    }

    /// The request as it goes on the wire, without its content; `nil` when it cannot be sent.
    func head() -> [UInt8]? {
        let own: [HeaderName] = ["host", "expect", "te", "trailer", "upgrade"]
        guard !method.isEmpty, method.utf8.allSatisfy(ByteClass.isToken), method != "CONNECT",
            own.allSatisfy({ headers.values($0).isEmpty }), body == nil || upload == nil
        else { return nil }
        var bytes = Array("\(method) \(url.target) HTTP/1.1\r\nhost: \(url.authority)\r\n".utf8)
        bytes += headers.bytes
        if let length = body?.count ?? upload?.length {
            bytes += Array("content-length: \(length)\r\n".utf8)
        } else if upload != nil {
            bytes += Array("transfer-encoding: chunked\r\n".utf8)
        } else if ["POST", "PUT", "PATCH"].contains(method) {
            bytes += Array("content-length: 0\r\n".utf8)
        }
        return bytes + Array("\r\n".utf8)
    }
}
