/// The bounds and habits of one WebSocket.
public struct WebSocketOptions: Sendable, Hashable {
    /// The most a message from the client may have, in bytes. Over it: 1009.
    public var messageBytes = 1 << 20
    /// The most frames a message may come in. Over it: 1009.
    public var fragmentCount = 4096
    /// Bytes that may wait for the client when something more is sent. Over it, the client is too slow.
    public var queueBytes = 1 << 20
    /// What a client that is too slow is told. It gets what is queued, then this code, if it takes them within
    /// `closeTimeout`.
    public var tooSlow = CloseCode.tryAgainLater
    /// How long nothing may come before the client is asked for a sign of life.
    public var pingInterval: Duration = .seconds(30)
    /// How long it may take to answer. Then the connection is cut.
    public var pongTimeout: Duration = .seconds(20)
    /// How long the answer to a good-bye may take, once what is queued is taken, before the connection is cut.
    public var closeTimeout: Duration = .seconds(5)

    /// The defaults.
    public init() {}
}
