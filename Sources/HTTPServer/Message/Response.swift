/// An answer. The server adds `date`, `content-length` or `transfer-encoding`, and `connection` itself.
public struct Response: Sendable {
    /// The status code, 200 to 999. Anything else is sent as 500 without a body, except for 101 with its takeover.
    public var status: Int
    /// The fields.
    public var headers: HeaderFields
    /// The content. Not sent to HEAD, nor with 204 and 304, though its length is told to HEAD (RFC 9110 §9.3.2).
    public var body: Body
    /// Whether the connection closes after this answer.
    public var closesConnection = false

    /// An answer.
    public init(status: Int, headers: HeaderFields = HeaderFields(), body: Body = .none) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}

extension Response {
    /// The content of an answer.
    public enum Body: Sendable {
        /// Nothing: `content-length: 0` where a length is due.
        case none
        /// These bytes.
        case bytes([UInt8])
        /// A text that is the same in every answer, written in the program.
        case literal(StaticString)
        /// What the closure writes, as fast as the client reads.
        ///
        /// With a length, exactly so many bytes are due: fewer close the connection, more are refused by the writer.
        /// Without, the content is chunked (HTTP/1.0 clients: until the connection closes). When the closure throws, the
        /// connection closes without the final chunk, so the client knows the content is incomplete. It runs on the
        /// connection's loop and is cancelled when the client goes away.
        case stream(length: Int?, @Sendable (BodyWriter) async throws -> Void)
        /// None: a WebSocket or a stream of events has the connection from now on. See `Response.webSocket(…)` and
        /// `Response.events(…)`.
        case takeover(Takeover)
    }
}
