/// What an application does with one WebSocket. One handler serves one connection, and all its methods run on that
/// connection's loop, one at a time: they must not block.
///
/// An idle connection costs the handler and no task. Work that waits is returned as `Reaction.later`.
public protocol WebSocketHandler: Sendable {
    /// The handshake is answered: messages can be sent from now on. Called first, once.
    func opened(_ socket: WebSocket)

    /// A whole message. Nothing more is read from the client until the reaction is over.
    func received(_ message: WebSocketMessage, from socket: WebSocket) -> Reaction

    /// Nothing can be sent or received any more. Called last, once, after the last reaction has ended.
    func closed(_ socket: WebSocket, _ ending: PushEnding)
}

extension WebSocketHandler {
    /// Nothing to do.
    public func opened(_ socket: WebSocket) {}
    /// Nothing to do.
    public func closed(_ socket: WebSocket, _ ending: PushEnding) {}
}

/// What a message leads to.
public enum Reaction: Sendable {
    /// All is done already.
    case done
    /// Done by a task on the connection's loop, before the next message is looked at; cancelled when the connection is gone.
    case later(@Sendable () async -> Void)
}
