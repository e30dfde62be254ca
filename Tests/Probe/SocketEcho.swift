import HTTPServer

/// Sends every message back.
struct SocketEcho: WebSocketHandler {
    func received(_ message: WebSocketMessage, from socket: WebSocket) -> Reaction {
        socket.send(.message(message))
        return .done
    }
}

/// Has nothing to tell.
struct SilentStream: EventStreamHandler {
    func opened(_ stream: EventStream) {}
    func replay(after id: String, to stream: EventStream) async -> Replay { .rest([]) }
}
