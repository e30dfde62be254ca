/// A client of a stream of server-sent events, on a thread of its own.
struct EventReader: ~Copyable {
    struct Event: Sendable {
        var name = "message"
        var id: String?
        var data = ""
    }

    private var stream: ByteStream
    private var lines: [String] = []

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
    mutating func next() throws -> Event {
        var event = Event()
        var isSomething = false
        while true {
            if lines.isEmpty {
                // Each event is a chunk, so that no line is cut.
                lines = String(decoding: try stream.chunk(), as: UTF8.self).split(
                    separator: "\n", omittingEmptySubsequences: false
                ).dropLast().map(String.init)
            }
            guard !lines.isEmpty else { continue }
            let line = lines.removeFirst()
            if line.isEmpty {
                if isSomething, event.name != "heartbeat" { return event }
                (event, isSomething) = (Event(), false)
                continue
            }
            guard let colon = line.firstIndex(of: ":") else { continue }
            let value = String(line[line.index(after: colon)...].drop { $0 == " " })
            switch line[..<colon] {
            case "id": (event.id, isSomething) = (value, true)
            case "event": (event.name, isSomething) = (value, true)
            case "data": (event.data, isSomething) = (value, true)
            default: break
            }
        }
    }
}
