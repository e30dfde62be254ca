import Synchronization

@testable import HTTPServer

/// A handler that writes down what happens, and does what a test says.
final class Recorder: WebSocketHandler {
    private struct State {
        var opened: [WebSocket] = []
        var messages: [String] = []
        var endings: [PushEnding] = []
    }

    private let state = Mutex(State())
    private let onOpen: @Sendable (WebSocket) -> Void
    private let react: @Sendable (WebSocketMessage, WebSocket) -> Reaction

    init(
        onOpen: @escaping @Sendable (WebSocket) -> Void = { _ in },
        react: @escaping @Sendable (WebSocketMessage, WebSocket) -> Reaction = { _, _ in .done }
    ) {
        self.onOpen = onOpen
        self.react = react
    }

    func opened(_ socket: WebSocket) {
        state.withLock { $0.opened.append(socket) }
        onOpen(socket)
    }

    func received(_ message: WebSocketMessage, from socket: WebSocket) -> Reaction {
        state.withLock { $0.messages.append(message.text) }
        return react(message, socket)
    }

    func closed(_ socket: WebSocket, _ ending: PushEnding) { state.withLock { $0.endings.append(ending) } }

    var messages: [String] { state.withLock { $0.messages } }
    var endings: [PushEnding] { state.withLock { $0.endings } }

    /// The connection, once it is open.
    func socket() -> WebSocket {
        wait { !state.withLock { $0.opened.isEmpty } }
        return state.withLock { $0.opened[0] }
    }

    /// How it ended, once it has.
    func ending() -> PushEnding {
        wait { !endings.isEmpty }
        return endings[0]
    }
}
