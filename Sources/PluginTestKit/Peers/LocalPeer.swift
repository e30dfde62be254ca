import HTTPServer
public import PluginAPI
import Synchronization

/// Somebody else's server on this machine, which keeps what it is asked and answers as the test says.
///
///     try await withPeer { _ in .json(["choices": []]) } _: { peer in
///         try await withPlugin(
///             SalesTasks.self, settings: ["endpoint": ["url": .string(peer.url)]], allowsPrivateTargets: true
///         ) { portal in … }
///     }
public final class LocalPeer: Sendable {
    /// What it was asked.
    public struct Asked: Sendable {
        public let method: String
        /// With its query.
        public let path: String
        /// By names in lower case; of repeated ones the last.
        public let headers: [String: String]
        public let body: [UInt8]
        /// The content as JSON; null when it is none.
        public var json: JSON { (try? JSONDocument(body))?.root.tree ?? .null }
    }

    /// What it answers.
    public enum Reply: Sendable {
        case json(JSON, status: Int = 200)
        case bytes([UInt8], status: Int = 200)
        /// The same, but not before ``LocalPeer/release()``.
        indirect case held(Reply)
    }

    /// Where its API begins: `http://127.0.0.1:49152/v1`.
    public let url: String
    private let answering: Answering
    private let server: Server

    init(_ reply: @escaping @Sendable (Asked) -> Reply) throws {
        answering = Answering(reply)
        var configuration = ServerConfiguration(listeners: [.init(host: "127.0.0.1", port: 0)])
        configuration.loops = 1
        server = try Server(configuration: configuration, responder: answering)
        guard let port = try server.start().first?.address.port else { throw Misuse("a peer has no port") }
        url = "http://127.0.0.1:\(port)/v1"
    }

    /// What it was asked so far, in order.
    public var asked: [Asked] { answering.asked }

    /// Lets what is held back go, from now on.
    public func release() { answering.release() }

    func stop() async {
        release()
        await server.drain()
    }
}

/// Runs a peer for as long as the closure runs.
///
/// - Parameter reply: what it answers to each request.
public func withPeer<T>(
    _ reply: @escaping @Sendable (LocalPeer.Asked) -> LocalPeer.Reply, _ body: (LocalPeer) async throws -> T
) async throws -> T {
    let peer = try LocalPeer(reply)
    do {
        let result = try await body(peer)
        await peer.stop()
        return result
    } catch {
        await peer.stop()
        throw error
    }
}

/// Keeps and answers.
private final class Answering: Responder {
    private struct State: Sendable {
        var asked: [LocalPeer.Asked] = []
        var isReleased = false
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())
    private let reply: @Sendable (LocalPeer.Asked) -> LocalPeer.Reply
    /// So many requests are kept.
    private static let most = 10_000

    init(_ reply: @escaping @Sendable (LocalPeer.Asked) -> LocalPeer.Reply) { self.reply = reply }

    var asked: [LocalPeer.Asked] { state.withLock { $0.asked } }

    func release() {
        let waiting = state.withLock { state in
            state.isReleased = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for one in waiting { one.resume() }
    }

    func receive(_ request: Request) -> Reception {
        let method = request.string(request.methodRange)
        let query = request.query.map { "?" + request.string($0) } ?? ""
        let path = request.string(request.path) + query
        let headers = Dictionary(
            request.fields.map { (request.string($0.name).lowercased(), request.string($0.value)) },
            uniquingKeysWith: { $1 })
        return .body(limit: 16 << 20) { [self] _, body in
            let asked = LocalPeer.Asked(method: method, path: path, headers: headers, body: body)
            state.withLock { if $0.asked.count < Self.most { $0.asked.append(asked) } }
            return answer(reply(asked))
        }
    }

    func refuse(_ fault: HTTPFault, _ request: Request?) -> Response { Response(status: 400) }

    private func answer(_ reply: LocalPeer.Reply) -> HTTPServer.Answer {
        guard case .held(let inner) = reply else { return .now(Self.response(reply)) }
        return .later { [self] in
            await wait()
            return Self.response(inner)
        }
    }

    private func wait() async {
        await withCheckedContinuation { continuation in
            let isReleased = state.withLock { state in
                if !state.isReleased { state.waiting.append(continuation) }
                return state.isReleased
            }
            if isReleased { continuation.resume() }
        }
    }

    private static func response(_ reply: LocalPeer.Reply) -> Response {
        switch reply {
        case .json(let json, let status): response(Array(json.text.utf8), status)
        case .bytes(let bytes, let status): response(bytes, status)
        case .held(let inner): response(inner)
        }
    }

    private static func response(_ bytes: [UInt8], _ status: Int) -> Response {
        var headers = HeaderFields()
        headers.add("content-type", "application/json")
        return Response(status: status, headers: headers, body: .bytes(bytes))
    }
}
