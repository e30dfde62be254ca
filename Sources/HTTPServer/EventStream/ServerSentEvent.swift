/// An event of a stream (WHATWG HTML §9.2), encoded once: it can be sent to any number of streams, which share its bytes.
public struct ServerSentEvent: Sendable, Hashable {
    /// What a field may not hold.
    public enum Fault: String, Error, Sendable, Hashable {
        /// CR, LF or NUL in an id: it would end the field, or make the client ignore it.
        case id
        /// CR or LF in the event's name.
        case event
    }

    /// The id that a client names when it comes back.
    public let id: String?
    /// As chunks are framed (RFC 9112 §7.1).
    let chunk: [UInt8]
    /// Where the event itself is in `chunk`.
    let content: Range<Int>

    /// An event.
    ///
    /// - Parameters:
    ///   - event: Its name; a client takes `nil` for `message`.
    ///   - data: Any text in UTF-8. Its line breaks (CR, LF and CRLF) arrive as LF. Without data the client keeps `id` and
    ///     tells its page nothing.
    ///   - id: What the client names as `Last-Event-ID` when it comes back; empty to make it forget the last.
    ///   - retry: How long a client waits before it comes back, in whole milliseconds.
    public init(event: String? = nil, data: [UInt8]? = nil, id: String? = nil, retry: Duration? = nil) throws(Fault) {
        if let id, id.utf8.contains(where: { $0 == 10 || $0 == 13 || $0 == 0 }) { throw .id }
        if let event, event.utf8.contains(where: { $0 == 10 || $0 == 13 }) { throw .event }
        var text: [UInt8] = []
        text.reserveCapacity((data?.count ?? 0) + (event?.utf8.count ?? 0) + (id?.utf8.count ?? 0) + 64)
        if let id { Self.add("id: ", id.utf8, to: &text) }
        if let event { Self.add("event: ", event.utf8, to: &text) }
        if let retry { Self.add("retry: ", String(retry.milliseconds).utf8, to: &text) }
        if let data { Self.add("data: ", lines: data, to: &text) }
        self.init(id: id, text)
    }

    /// An event whose data is text.
    public init(event: String? = nil, data: String, id: String? = nil, retry: Duration? = nil) throws(Fault) {
        try self.init(event: event, data: Array(data.utf8), id: id, retry: retry)
    }

    private init(id: String?, _ text: consuming [UInt8]) {
        text.append(10)
        self.id = id
        var chunk = Array("\(String(text.count, radix: 16))\r\n".utf8)
        content = chunk.count..<chunk.count + text.count
        chunk.reserveCapacity(content.upperBound + 2)
        chunk += text
        chunk += [13, 10]
        self.chunk = chunk
    }

    /// A line, or several, that clients ignore; it keeps the connection alive.
    public static func comment(_ text: String) -> ServerSentEvent {
        var bytes: [UInt8] = []
        add(": ", lines: Array(text.utf8), to: &bytes)
        return ServerSentEvent(id: nil, bytes)
    }

    /// The shortest comment.
    static let heartbeat = comment("")

    private static func add(_ field: StaticString, _ value: some Sequence<UInt8>, to text: inout [UInt8]) {
        field.withUTF8Buffer { text.append(contentsOf: $0) }
        text.append(contentsOf: value)
        text.append(10)
    }

    /// A field for each line.
    private static func add(_ field: StaticString, lines value: [UInt8], to text: inout [UInt8]) {
        var start = 0
        for index in value.indices where value[index] == 10 || value[index] == 13 {
            // The LF of a CRLF ends no line of its own.
            if value[index] == 10, index > 0, value[index - 1] == 13 {
                start = index + 1
                continue
            }
            add(field, value[start..<index], to: &text)
            start = index + 1
        }
        add(field, value[start...], to: &text)
    }
}
