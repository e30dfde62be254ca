import PluginAPI
import PluginTestKit
import WebSocketClient

/// A client of a stream of events.
final class StreamClient: @unchecked Sendable {
    // @unchecked: every call goes through the queue of one thread.
    private let thread: OneThread
    private let client: WebSocketClient
    let head: String

    typealias Event = ServerEvent

    init(_ portal: Portal, _ path: String, token: String?, fields: [String] = [], on thread: OneThread) async throws {
        self.thread = thread
        let (port, host) = (portal.port, portal.hostName)
        client = try await thread.run {
            var lines = ["GET \(path) HTTP/1.1", "Host: \(host)", "Accept: text/event-stream"] + fields
            if let token { lines.append("Authorization: Bearer \(token)") }
            return Carried(
                try WebSocketClient(port: port, request: lines.joined(separator: "\r\n") + "\r\n\r\n"))
        }.value
        head = client.head
    }

    var status: Int { client.status }

    /// The next event that is no heartbeat; nil at the end.
    func next() async throws -> Event? {
        try await thread.run { [client = Carried(client)] in
            var text = EventText()
            while let line = Self.line(client.value) {
                if let event = text.take(line) { return event }
            }
            return nil
        }
    }

    func drop() async throws { try await thread.run { [client = Carried(client)] in client.value.close() } }

    /// A line of the content; chunks' own lines are left out: each event is one chunk.
    private static func line(_ client: WebSocketClient) -> String? {
        while true {
            guard let raw = rawLine(client) else { return nil }
            // The size of a chunk is a line of its own that ends with CR; the end of a chunk is an empty one.
            if raw.hasSuffix("\r") { continue }
            return raw
        }
    }

    private static func rawLine(_ client: WebSocketClient) -> String? {
        var bytes: [UInt8] = []
        while let byte = client.read(1)?.first {
            if byte == 10 { return String(decoding: bytes, as: Unicode.UTF8.self) }
            bytes.append(byte)
        }
        return nil
    }
}

extension ServerEvent {
    /// What `data` is as JSON.
    var json: JSON { (try? JSONDocument(Array(data.utf8)).root.tree) ?? .null }
}
