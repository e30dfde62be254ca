/// The way from a plugin to other people's servers (HTTP/1.1, JSON both ways).
///
///     let answer = try await services.peers.send(.post("/chat/completions", to: settings.endpoint, chat))
///
/// The host judges the address at the moment it connects, proves who answers, sends the peer's key along and writes it
/// nowhere, follows no redirect, bounds time and bytes, and leaves a host alone for a while that fails again and again. It
/// is asked from asynchronous handlers and long jobs; nothing of it blocks.
public protocol Peers: Sendable {
    /// Asks once. An answer of any status is an answer.
    ///
    /// - Throws: ``PeerFailure``; `CancellationError`.
    func send(_ request: PeerRequest) async throws -> PeerAnswer
}

/// What a peer is asked.
public struct PeerRequest: Sendable {
    /// The longest time that can be given.
    public static let longest: Duration = .seconds(600)
    /// The most bytes of an answer that can be taken.
    public static let largest = 8 << 20

    public let method: HTTPMethod
    public let peer: Peer
    /// What follows the peer's own address, percent-encoded: `/chat/completions`, with a query where there is one.
    public let path: String
    /// JSON text; none when nil.
    public let body: [UInt8]?
    /// For everything, at most ``longest``.
    public var timeout: Duration = .seconds(30)
    /// Bytes of the answer, at most ``largest``.
    public var limit = 1 << 20

    private init(_ method: HTTPMethod, _ path: String, _ peer: Peer, _ body: [UInt8]?) {
        self.method = method
        self.path = path
        self.peer = peer
        self.body = body
    }

    public static func get(_ path: String, from peer: Peer) -> PeerRequest { PeerRequest(.get, path, peer, nil) }

    /// Not sent a second time by the host, whatever happens.
    public static func post<Body: Described>(_ path: String, to peer: Peer, _ body: Body) -> PeerRequest {
        PeerRequest(.post, path, peer, Body.schema.encode(body))
    }

    /// See ``post(_:to:_:)``.
    public static func post(_ path: String, to peer: Peer, json body: JSON) -> PeerRequest {
        PeerRequest(.post, path, peer, Array(body.text.utf8))
    }

    /// The same, with another limit of time.
    public func within(_ timeout: Duration) -> PeerRequest {
        var request = self
        request.timeout = timeout
        return request
    }

    /// The same, with another limit of bytes.
    public func upTo(_ bytes: Int) -> PeerRequest {
        var request = self
        request.limit = bytes
        return request
    }
}

/// What a peer answered. It is somebody else's text: to be checked like any input.
public struct PeerAnswer: Sendable {
    public let status: Int
    public let body: [UInt8]

    public init(status: Int, body: [UInt8]) {
        self.status = status
        self.body = body
    }

    /// Whether the status says that it went well.
    public var isSuccess: Bool { (200..<300).contains(status) }

    /// The content as JSON.
    ///
    /// - Throws: ``PeerFailure/malformed`` when it is none.
    public func json() throws(PeerFailure) -> JSONCursor {
        do throws(JSONSyntaxError) { return try JSONDocument(body).root } catch { throw .malformed }
    }
}

/// Why a peer has no answer. Thrown on to a client it is 503.
public enum PeerFailure: Error, Sendable, Equatable {
    /// The settings name no server that can be asked, or a key that is not there; for the operator.
    case misconfigured(String)
    /// The name stands for no address that may be asked.
    case refused
    /// Nobody answers there, or not the one it should be.
    case unreachable
    case timedOut
    /// The answer is over its limit.
    case tooLarge
    /// The answer is no HTTP, or no JSON.
    case malformed
    /// It has failed too often of late; seconds until it is tried again.
    case leftAlone(seconds: Int)
    /// Too much of this plugin is under way already.
    case busy

    /// What a client is told: nothing of the server's.
    public var problem: Problem {
        var problem = Problem(
            503, "SERVICE_UNAVAILABLE", "A service that is needed for this does not answer. Please try again later.",
            retryAfter: 30)
        switch self {
        case .leftAlone(let seconds): problem.retryAfter = max(1, seconds)
        case .busy: problem.retryAfter = 5
        default: break
        }
        return problem
    }
}
