/// A stream of server-sent events (WHATWG HTML §9.2): content that grows by an event now and then, each sent at once.
// @unchecked: every `var` is touched on the loop only, as in `PushConnection`.
public final class EventStream: PushConnection, Occupant, @unchecked Sendable {
    let handler: any EventStreamHandler
    let options: EventStreamOptions
    let isChunked: Bool
    /// The last event the client has seen, when it comes back.
    let lastEventID: String?
    /// What is sent while missed events are replayed: it waits behind them.
    var live: [[UInt8]]?
    var liveBytes = 0
    var task: Task<Void, Never>?
    var ending: PushEnding?
    private var calls = 0
    private var hasTold = false

    init(
        _ connection: Connection, isChunked: Bool, _ lastEventID: String?, _ options: EventStreamOptions,
        _ handler: any EventStreamHandler
    ) {
        self.isChunked = isChunked
        self.lastEventID = lastEventID
        self.options = options
        self.handler = handler
        super.init(connection, queueBytes: options.queueBytes)
        loop.counters.eventStreams.increment()
    }

    /// Queues an event.
    @discardableResult
    public func send(_ event: ServerSentEvent) -> SendOutcome { send(framed(event)) }

    /// Queues the event in its form for streams.
    @discardableResult
    public override func send(_ push: Push) -> SendOutcome { send(push.event) }

    /// An event as this client's content is framed.
    func framed(_ event: ServerSentEvent) -> [UInt8] { isChunked ? event.chunk : Array(event.chunk[event.content]) }

    override func leave(_ code: CloseCode, _ reason: String) { endContent(code, reason) }

    override func leaveTooSlow() { endContent(.tryAgainLater, "") }

    override var held: Int { liveBytes }

    override func write(_ bytes: [UInt8]) {
        guard live != nil else { return put(bytes) }
        live?.append(bytes)
        liveBytes += bytes.count
    }

    /// Queues bytes, unless the content has ended.
    func put(_ bytes: [UInt8]) {
        guard phase == .open else { return }
        connection?.push(bytes)
        connection?.putOff(.quiet)
    }

    func begin() {
        if let retry = options.retry, let event = try? ServerSentEvent(retry: retry) { put(framed(event)) }
        if lastEventID != nil { live = [] }
        calls += 1
        handler.opened(self)
        calls -= 1
        tellEnding()
        if let lastEventID, phase == .open { startReplay(after: lastEventID) }
    }

    /// Tells the handler that all is over, when it is and nothing of it runs.
    func tellEnding() {
        guard let ending, calls == 0, !isReplaying, !hasTold else { return }
        hasTold = true
        handler.closed(self, ending)
    }

    /// Whether the handler's `replay` runs.
    var isReplaying = false
}
