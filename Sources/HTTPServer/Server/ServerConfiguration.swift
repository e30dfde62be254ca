internal import Glibc

/// What a server listens on, and the bounds of everything it holds.
public struct ServerConfiguration: Sendable {
    /// One address to listen on.
    public struct Listener: Sendable, Hashable {
        /// `127.0.0.1`, `0.0.0.0`, `::1`, `::` (both families) or `localhost`.
        public var host: String
        /// The port; 0 takes a free one, the same for every loop.
        public var port: UInt16

        /// One address to listen on.
        public init(host: String = "127.0.0.1", port: UInt16 = 0) {
            self.host = host
            self.port = port
        }
    }

    /// Event loops, each with its thread. Default: the processors online.
    public var loops = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    /// The addresses to listen on.
    public var listeners: [Listener]
    /// Connections waiting to be accepted, for each listener and loop.
    public var backlog: Int32 = 1024

    /// Bounds of a request's head and framing.
    public var requestLimits = RequestLimits()
    /// Bytes of an unwanted body that are read and dropped so that the connection can live on.
    public var bodyDrainBytes = 64 * 1024
    /// Bytes of a streamed body held for its consumer before reading pauses; one read of 64 KiB may come on top.
    public var bodyHighWaterBytes = 64 * 1024
    /// Unsent bytes at which a writer waits, and no further request of that connection is read.
    public var unsentHighWaterBytes = 256 * 1024

    /// Connections at a time.
    public var maximumConnections = 16_384
    /// Connections at a time from one IPv4 address or IPv6 /64.
    public var maximumConnectionsPerAddress = 1_024

    /// For the whole head, from its first byte; for the first of a connection, from when it was accepted.
    public var headTimeout: Duration = .seconds(10)
    /// Between two parts of a body.
    public var bodyTimeout: Duration = .seconds(30)
    /// Between two requests.
    public var idleTimeout: Duration = .seconds(75)
    /// Until a client takes `minimumProgressBytes`, or all there is.
    public var sendTimeout: Duration = .seconds(30)
    /// Bytes that put `sendTimeout` off.
    public var minimumProgressBytes = 4 * 1024
    /// How long to read on after the last answer of a connection, so that the client gets it (RFC 9112 §9.6).
    public var lingerTimeout: Duration = .seconds(2)
    /// How long `drain` waits for what is in flight.
    public var drainGrace: Duration = .seconds(30)

    /// A configuration with the defaults.
    public init(listeners: [Listener] = [Listener()]) { self.listeners = listeners }
}
