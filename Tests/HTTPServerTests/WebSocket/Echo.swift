import HTTPServer
import Synchronization

/// Sends every message back.
struct Echo: WebSocketHandler {
    func received(_ message: WebSocketMessage, from socket: WebSocket) -> Reaction {
        socket.send(.message(message))
        return .done
    }

    /// A route that opens WebSockets for `handler`, with bounds that admit the suite's largest messages.
    static func route(
        _ change: @escaping @Sendable (inout WebSocketOptions) -> Void = { _ in }, subprotocol: String? = nil,
        handler: @escaping @Sendable () -> any WebSocketHandler = { Echo() }
    ) -> @Sendable (Request) -> Reception {
        { request in
            do throws(WebSocketHandshakeFault) {
                let handshake = try WebSocketHandshake(request)
                var options = WebSocketOptions()
                options.messageBytes = 16 << 20
                options.fragmentCount = 1 << 17
                options.queueBytes = 32 << 20
                change(&options)
                return .answer(
                    .webSocket(handshake, subprotocol: subprotocol, options: options, handler: handler()))
            } catch {
                return .answer(
                    Response(status: error.status, headers: error.headers, body: .bytes(Array("\(error)".utf8))))
            }
        }
    }
}
