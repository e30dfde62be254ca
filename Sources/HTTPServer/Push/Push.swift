/// One event for many subscribers, encoded once for each kind of connection. Its bytes are shared by all of them.
public struct Push: Sendable {
    /// As WebSockets get it.
    public let frame: WebSocketFrame
    /// As streams of events get it.
    public let event: ServerSentEvent

    /// An event in both forms.
    public init(frame: WebSocketFrame, event: ServerSentEvent) {
        self.frame = frame
        self.event = event
    }
}
