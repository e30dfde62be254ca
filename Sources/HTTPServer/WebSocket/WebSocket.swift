/// A WebSocket (RFC 6455), the server's end. Pings and closing are answered by the server; the handler sees messages.
///
/// No extensions are offered: compressing what mixes secrets with what others choose gives the secrets away.
// @unchecked: every `var` is touched on the loop only, as in `PushConnection`.
public final class WebSocket: PushConnection, Occupant, @unchecked Sendable {
    /// The subprotocol that was agreed on.
    public let subprotocol: String?

    let handler: any WebSocketHandler
    let options: WebSocketOptions
    var decoder: WebSocketDecoder
    /// The reaction that is running.
    var task: Task<Void, Never>?
    var isBusy = false
    /// A ping has been sent and nothing has come since.
    var isAsked = false
    /// What this side gave as its reason, until the peer has answered.
    var goodbye: PushEnding?
    var ending: PushEnding?
    /// Calls of the handler on the stack.
    private var calls = 0
    private var hasTold = false

    init(_ connection: Connection, _ subprotocol: String?, _ options: WebSocketOptions, _ handler: any WebSocketHandler)
    {
        self.subprotocol = subprotocol
        self.options = options
        self.handler = handler
        decoder = WebSocketDecoder(messageBytes: options.messageBytes, fragmentCount: options.fragmentCount)
        super.init(connection, queueBytes: options.queueBytes)
        loop.counters.webSockets.increment()
    }

    /// Queues a message.
    @discardableResult
    public func send(_ frame: WebSocketFrame) -> SendOutcome { send(frame.bytes) }

    /// Queues a text message.
    @discardableResult
    public func send(text: String) -> SendOutcome { send(.text(text)) }

    /// Queues a binary message.
    @discardableResult
    public func send(binary bytes: [UInt8]) -> SendOutcome { send(.binary(bytes)) }

    /// Queues the event's frame.
    @discardableResult
    public override func send(_ push: Push) -> SendOutcome { send(push.frame) }

    override func leave(_ code: CloseCode, _ reason: String) { startClosing(code, reason) }

    override func leaveTooSlow() { startClosing(options.tooSlow, "") }

    func begin() { call { handler.opened(self) } }

    /// Calls the handler, which may end the connection: it is told of that only when it has returned.
    func call<T>(_ body: () -> T) -> T {
        calls += 1
        defer {
            calls -= 1
            tellEnding()
        }
        return body()
    }

    /// Tells the handler that all is over, when it is and nothing of it runs.
    func tellEnding() {
        guard let ending, calls == 0, !isBusy, !hasTold else { return }
        hasTold = true
        handler.closed(self, ending)
    }
}
