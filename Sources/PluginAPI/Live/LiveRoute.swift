/// A way to the plugin's topics that the host provides and a plugin mounts at a path of its own (contract §6). All of them
/// carry the same events, and beside the plugin's own topics those of the host.
public struct LiveRoute: Sendable, Equatable {
    /// What is spoken.
    public enum Kind: Sendable, Equatable {
        /// A WebSocket whose client signs in by its first message and says what it subscribes to (seed 000 §7.1).
        case socket
        /// A WebSocket whose client is signed in by the handshake and gets every topic it may subscribe to (seed 004).
        case signedInSocket
        /// Server-sent events (seed 000 §7.2).
        case stream
    }

    /// Where it is.
    public let path: String
    /// What is spoken there.
    public let kind: Kind
    /// The WebSocket subprotocol that is agreed on with clients that offer it.
    public let subprotocol: String?

    /// A WebSocket whose client signs in by its first message, unless its handshake did.
    public static func socket(_ path: String, subprotocol: String? = nil) -> LiveRoute {
        LiveRoute(path: path, kind: .socket, subprotocol: subprotocol)
    }

    /// A WebSocket whose handshake signs in, or is refused with 401.
    public static func signedInSocket(_ path: String, subprotocol: String? = nil) -> LiveRoute {
        LiveRoute(path: path, kind: .signedInSocket, subprotocol: subprotocol)
    }

    /// A stream of server-sent events.
    public static func stream(_ path: String) -> LiveRoute {
        LiveRoute(path: path, kind: .stream, subprotocol: nil)
    }
}
