import WebSocketClient

/// A client of a stream of server-sent events, on a thread of its own.
struct EventReader: ~Copyable {
    private var stream: ByteStream
    private var lines: ArraySlice<String> = []
    private var text = EventText()

    private init(_ stream: consuming ByteStream) { self.stream = stream }

    /// - Throws: ``Failure`` when the answer is no stream.
    static func open(port: UInt16, host: String, _ request: HTTPRequest) throws -> EventReader {
        var stream = try ByteStream(port: port)
        try stream.write(request.with("Accept", "text/event-stream").head(host: host))
        let status = try stream.streamHead()
        guard status == 200 else { throw Failure("the stream got \(status)") }
        return EventReader(stream)
    }

    /// The next event that is no heartbeat.
    mutating func next() throws -> ServerEvent {
        while true {
            while let line = lines.popFirst() {
                if let event = text.take(line) { return event }
            }
            // Each event is a chunk, so that no line is cut.
            lines =
                String(decoding: try stream.chunk(), as: UTF8.self).split(
                    separator: "\n", omittingEmptySubsequences: false
                ).dropLast().map(String.init)[...]
        }
    }
}
