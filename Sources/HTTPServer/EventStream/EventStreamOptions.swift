/// The bounds and habits of one stream of events.
public struct EventStreamOptions: Sendable {
    /// What is sent when nothing else was for a while, so that neither a proxy nor the client takes the stream for dead.
    public enum Heartbeat: Sendable {
        /// A comment, which clients ignore.
        case comment
        /// An event of the application's own, made anew each time. Must not block.
        case event(@Sendable () -> ServerSentEvent)
    }

    /// Bytes that may wait for the client when something more is sent. Over it, the client is too slow: it gets what is
    /// queued, if it takes it within `closeTimeout`, and comes back with the id of the last.
    public var queueBytes = 1 << 20
    /// What shows that the stream lives.
    public var heartbeat = Heartbeat.comment
    /// How long nothing may be sent before a heartbeat is.
    public var heartbeatInterval: Duration = .seconds(15)
    /// How long a client that is too slow may take for what is queued, before the connection is cut.
    public var closeTimeout: Duration = .seconds(5)
    /// How long clients wait before they come back; `nil` leaves it to them.
    public var retry: Duration?

    /// The defaults.
    public init() {}
}
