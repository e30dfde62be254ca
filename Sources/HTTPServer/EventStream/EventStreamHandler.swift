/// What an application does with one stream of events. One handler serves one connection, and all its methods run on that
/// connection's loop; they must not block.
///
/// An idle stream costs the handler and no task.
public protocol EventStreamHandler: Sendable {
    /// Events can be sent from now on. Called first, once. While missed events are replayed, what is sent waits behind them.
    func opened(_ stream: EventStream)

    /// The client has been here before, and `id` is the last it has seen.
    ///
    /// Asked again, with the id of the last event, as long as the answer is `more` and its last event has an id, and the
    /// client keeps taking them. Cancelled when the client goes.
    func replay(after id: String, to stream: EventStream) async -> Replay

    /// Nothing can be sent any more. Called last, once, after `replay` has returned.
    func closed(_ stream: EventStream, _ ending: PushEnding)
}

extension EventStreamHandler {
    /// Nothing to do.
    public func closed(_ stream: EventStream, _ ending: PushEnding) {}
}

/// What a client has missed.
public enum Replay: Sendable {
    /// Some of it, the oldest first.
    case more([ServerSentEvent])
    /// The rest of it, the oldest first; empty when nothing was missed.
    case rest([ServerSentEvent])
    /// It cannot be told: the id is unknown, or what followed it is gone. The client gets this event and starts anew.
    case gap(ServerSentEvent)
}
