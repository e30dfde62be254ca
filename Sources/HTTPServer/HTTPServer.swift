// The public face of HTTPServer: what a program gives the server, and the shapes of an answer.
//
//     let server = try Server(configuration: configuration, responder: responder)
//     let bound = try server.start()
//     …
//     await server.drain()
//
// `Message/` holds what travels (Request, Response, bodies), `Parsing/` the pure parser, `Loop/` the event loops,
// `Connection/` one client's state, `TLS/` encryption, `Client/` requests to others, `Server/` the whole.
// `WebSocket/` and `EventStream/` take a connection over after its last response; `Push/` is what they have in common.

/// Decides what happens to each request. One responder serves every loop, so it is called from several threads at once.
public protocol Responder: Sendable {
    /// Runs on the connection's loop, from the head alone, before any body byte is handed over. Must not block.
    func receive(_ request: Request) -> Reception

    /// The answer to a request that cannot be handled.
    ///
    /// The server adds `connection: close` where the framing is lost. Must not block.
    /// - Parameters:
    ///   - fault: What was wrong, with its status.
    ///   - request: The request, or `nil` when no valid head was read.
    func refuse(_ fault: HTTPFault, _ request: Request?) -> Response
}

/// What to do with a request whose head has been read.
public enum Reception: Sendable {
    /// Answer now. A body, if there is one, is read and dropped up to `ServerConfiguration.bodyDrainBytes`; past that
    /// the connection closes.
    case answer(Response)

    /// Collect the whole body, then call. A body over `limit` bytes is refused with 413.
    case body(limit: Int, @Sendable (Request, [UInt8]) -> Answer)

    /// Call at once with the body as a sequence of chunks, read only as fast as it is consumed.
    ///
    /// When the body fails (over `limit`, malformed, timed out) the stream throws, and whatever the handler then
    /// returns is replaced by the responder's refusal.
    case stream(limit: Int, @Sendable (Request, BodyStream) async -> Response)

    /// Answer asynchronously; no body is wanted (one that comes is dropped as for `answer`).
    case later(@Sendable (Request) async -> Response)
}

/// The answer to a request whose body has been collected.
public enum Answer: Sendable {
    /// Known already.
    case now(Response)
    /// Made by a task on the connection's loop; cancelled when the client goes away.
    case later(@Sendable () async -> Response)
}
