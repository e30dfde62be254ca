import Synchronization
import WebSocketClient

/// A socket or a stream of somebody's, read on a thread of its own.
final class OpinionEars: Sendable {
    private let heard = Mutex<[JSON]>([])
    private let state = Mutex<Result<Void, any Error>?>(nil)

    /// Everything heard so far: messages of the socket, or `{event, id, data}` of the stream.
    var all: [JSON] { heard.withLock { $0 } }

    /// The data of what was heard under a name.
    func all(_ name: String) -> [JSON] {
        all.filter { ($0["type"].string ?? $0["event"].string) == name }.map { $0["data"] }
    }

    /// Waits for something of a name.
    @discardableResult
    func hear(_ name: String, _ isIt: @Sendable (JSON) -> Bool = { _ in true }) async throws -> JSON {
        try await eventually("\(name) in \(all)") { self.all(name).first(where: isIt) }
    }

    /// Connects as seed 000 §7.1 does: signs in by the first message, and subscribes by the second.
    static func socket(of person: OpinionPerson, _ topics: [String]) async throws -> OpinionEars {
        let ears = OpinionEars()
        let (port, slug, token) = (person.service.process.port, person.service.slug, person.token)
        let names = topics.map { "\"\($0)\"" }.joined(separator: ", ")
        ears.listen { ears in
            let client = try WebSocketClient(
                port: port, path: "/v1/portal/ws", host: "\(slug).localhost:\(port)")
            guard client.status == 101 else { throw Failure("the handshake got \(client.status)") }
            try client.send(.text(#"{"type": "auth", "token": "\#(token)"}"#))
            try client.send(.text(#"{"type": "subscribe", "events": [\#(names)]}"#))
            while true {
                switch client.receive() {
                case .text(let text):
                    let message = try JSON(Array(text.utf8))
                    ears.heard.withLock { $0.append(message) }
                    if message["type"] == "subscribed" { ears.state.withLock { $0 = .success(()) } }
                case .ping(let payload): try client.send(.init(Frame.pong, payload))
                case .pong, .binary: continue
                case .close(let code, let reason): throw Failure("closed: \(code ?? 0) \(reason)")
                case .end, .nonsense: throw Failure("the socket ended")
                }
            }
        }
        try await ears.begin()
        return ears
    }

    /// Follows the stream of seed 000 §7.2, from the beginning or from behind an event.
    static func stream(of person: OpinionPerson, after last: String? = nil) async throws -> OpinionEars {
        let ears = OpinionEars()
        let (port, slug) = (person.service.process.port, person.service.slug)
        var request = HTTPRequest.get("/v1/portal/events/stream").with("Authorization", "Bearer \(person.token)")
            .with("Cache-Control", "no-cache")
        if let last { request = request.with("Last-Event-ID", last) }
        ears.listen { [request] ears in
            var reader = try EventReader.open(port: port, host: "\(slug).localhost:\(port)", request)
            if last != nil { ears.state.withLock { $0 = .success(()) } }
            while true {
                let event = try reader.next()
                // The beginning has an id and no data.
                ears.state.withLock { $0 = $0 ?? .success(()) }
                guard !event.data.isEmpty else { continue }
                let data = try JSON(Array(event.data.utf8))
                ears.heard.withLock {
                    $0.append(.object(["event": .string(event.name), "id": .string(event.id ?? ""), "data": data]))
                }
            }
        }
        try await ears.begin()
        return ears
    }

    private func listen(_ read: @escaping @Sendable (OpinionEars) throws -> Void) {
        Task.detached {
            try? await onThread {
                do { try read(self) } catch { self.state.withLock { $0 = $0 ?? .failure(error) } }
            }
        }
    }

    /// Waits until it listens.
    private func begin() async throws {
        try await eventually("a connection that listens") { try state.withLock { $0 }?.get() }
    }
}
