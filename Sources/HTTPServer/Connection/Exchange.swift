/// A request that is not answered on the spot: its body is still coming, or its answer is.
// @unchecked: everything but `request` is touched on the connection's loop only.
final class Exchange: @unchecked Sendable {
    /// What becomes of the body's bytes.
    enum Sink {
        case drop(left: Int)
        case collect(limit: Int, @Sendable (Request, [UInt8]) -> Answer)
        case stream(BodyStream)
    }

    /// How the content of a streamed answer is framed.
    enum Framing {
        case chunked
        case length(left: Int)
        case untilClose
    }

    enum Answering {
        case waiting
        case streaming(Framing)
        case done
    }

    let request: Request
    var sink: Sink
    var collected: [UInt8] = []
    var requestDone = false
    var answering = Answering.waiting
    /// What went wrong with the body while a handler had it: its answer gives way to the refusal.
    var fault: HTTPFault?
    /// Whether the client waits for 100 (Continue), which has not been sent.
    var owesContinue: Bool
    var keepsAlive = true
    var task: Task<Void, Never>?
    var isCancelled = false
    /// What has the connection once this is complete, and whether its content is chunked.
    var takeover: (Takeover, isChunked: Bool)?
    /// A writer waiting for the client to read, or for its turn.
    var writer: Waiter<BodyError?>?
    /// Whether it waits for its turn only.
    var hasRoom = false

    init(_ request: Request, sink: Sink) {
        self.request = request
        self.sink = sink
        owesContinue = request.head.expectsContinue && request.head.hasBody
    }

    var isAnswered: Bool {
        if case .done = answering { true } else { false }
    }

    var isWaiting: Bool {
        if case .waiting = answering { true } else { false }
    }
}
