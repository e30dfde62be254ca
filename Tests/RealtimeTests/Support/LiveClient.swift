import PluginTestKit
import WebSocketClient

/// A client of the hub's WebSockets, whose calls do not hold up the loop of the host.
final class LiveClient: @unchecked Sendable {
    // @unchecked: every call goes through the queue of one thread.
    private let threads: OneThread
    private let client: WebSocketClient
    let head: String

    init(_ portal: Portal, _ path: String, fields: [String] = [], on thread: OneThread) async throws {
        let (port, host) = (portal.port, "\(portal.hostName):\(portal.port)")
        threads = thread
        client = try await thread.run {
            Carried(try WebSocketClient(port: port, path: path, host: host, fields: fields))
        }.value
        head = client.head
    }

    var status: Int { client.status }

    func say(_ message: JSON) async throws { try await say(raw: message.text) }

    func say(raw text: String) async throws {
        try await threads.run { [client = Carried(client)] in try client.value.send(.text(text)) }
    }

    /// The next thing that is no ping.
    func next() async throws -> WebSocketClient.Event {
        try await threads.run { [client = Carried(client)] in
            while true {
                let event = client.value.receive()
                if case .ping(let payload) = event {
                    try client.value.send(Frame(Frame.pong, payload))
                    continue
                }
                return event
            }
        }
    }

    /// The next message.
    func message() async throws -> JSON {
        guard case .text(let text) = try await next() else { return .null }
        return try JSONDocument(Array(text.utf8)).root.tree
    }

    func message(type: String) async throws -> JSON {
        while true {
            let message = try await message()
            if message["type"]?.string == type || message == .null { return message }
        }
    }

    /// Closes without a word.
    func drop() async throws { try await threads.run { [client = Carried(client)] in client.value.close() } }
}

/// Something that is used on one thread at a time.
struct Carried<Value>: @unchecked Sendable {
    // @unchecked: the tests hand it from one thread to the next and never use it on two.
    let value: Value
    init(_ value: Value) { self.value = value }
}
