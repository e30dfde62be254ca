import PluginAPI
import Synchronization
import WebSocketClient
import Workers

/// A connection to a browser's DevTools (Chrome DevTools Protocol): commands, their answers, and the events between them.
final class DevTools: Sendable {
    /// What the browser says of a command that it refuses, or of a connection that ends.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    private struct State {
        let client: WebSocketClient
        var last: Int64 = 0
        var events: [JSON] = []
    }

    private let state: Mutex<State>
    /// What blocks, blocks a thread of its own.
    private let threads = WorkerPool(name: "devtools", threads: 1, queueLimit: 64, perKeyLimit: 64)

    init(port: UInt16, path: String) throws {
        let client = try WebSocketClient(port: port, path: path, host: "127.0.0.1:\(port)")
        guard client.status == 101 else { throw Failure(description: "DevTools answer \(client.status)") }
        state = Mutex(State(client: client))
    }

    func close() async { await threads.close() }

    /// Sends a command and waits for its answer.
    ///
    /// - Parameter session: of a page; the browser's own when nil.
    @discardableResult
    func send(_ method: String, _ parameters: JSON = [:], session: String? = nil) async throws -> JSON {
        try await threads.run { [self] in
            try state.withLock { state in
                state.last += 1
                let id = state.last
                var message: JSON.Members = ["id": .integer(id), "method": .string(method), "params": parameters]
                if let session { message["sessionId"] = .string(session) }
                try state.client.send(.text(JSON.object(message).text))
                while true {
                    let answer = try Self.next(&state)
                    guard answer["id"] == .integer(id) else {
                        state.events.append(answer)
                        continue
                    }
                    if let error = answer["error"] { throw Failure(description: "\(method): \(error.text)") }
                    return answer["result"] ?? .null
                }
            }
        }
    }

    /// Waits for an event of a page, one that came meanwhile included.
    func event(_ method: String, session: String) async throws {
        try await threads.run { [self] in
            try state.withLock { state in
                func isIt(_ event: JSON) -> Bool {
                    event["method"] == .string(method) && event["sessionId"] == .string(session)
                }
                if let known = state.events.firstIndex(where: isIt) {
                    state.events.remove(at: known)
                    return
                }
                while true {
                    let event = try Self.next(&state)
                    if isIt(event) { return }
                    state.events.append(event)
                }
            }
        }
    }

    /// Forgets events that nobody has waited for.
    func forgetEvents() { state.withLock { $0.events = [] } }

    private static func next(_ state: inout State) throws -> JSON {
        while true {
            switch state.client.receive() {
            case .text(let text):
                guard let document = try? JSONDocument(Array(text.utf8)) else {
                    throw Failure(description: "DevTools say what is no JSON")
                }
                return document.root.tree
            case .ping(let bytes): try state.client.send(Frame(Frame.pong, bytes))
            case let other: throw Failure(description: "DevTools end: \(other)")
            }
        }
    }
}
