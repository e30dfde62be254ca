extension Response {
    /// A stream of server-sent events, which lasts until the client goes, the application closes it or the server ends.
    ///
    /// No cache and no proxy may hold it back (`cache-control: no-store`, `x-accel-buffering: no`), and every event leaves
    /// at once. To HEAD only the head is sent.
    ///
    /// - Parameters:
    ///   - request: The request that is being answered.
    ///   - lastEventID: The last event the client has seen, where it says so elsewhere than in `Last-Event-ID`.
    ///   - options: Bounds and heartbeats.
    ///   - handler: Serves this connection and no other.
    public static func events(
        to request: Request, after lastEventID: String? = nil, options: EventStreamOptions = EventStreamOptions(),
        handler: any EventStreamHandler
    ) -> Response {
        let named = lastEventID ?? request.header("last-event-id").map { request.string($0) }
        let last = named.flatMap { $0.isEmpty ? nil : $0 }
        let takeover = Takeover(head: .content) { connection, isChunked in
            EventStream(connection, isChunked: isChunked, last, options, handler)
        }
        var response = Response(status: 200, body: .takeover(takeover))
        response.headers.add(.contentType, "text/event-stream")
        response.headers.add(.cacheControl, "no-store")
        response.headers.add("x-accel-buffering", "no")
        return response
    }
}
