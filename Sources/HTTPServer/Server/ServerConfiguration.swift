internal import Glibc

/// What a server listens on, and the bounds of everything it holds.
public struct ServerConfiguration: Sendable {
    /// One address to listen on.
    public struct Listener: Sendable, Hashable {
        /// `127.0.0.1`, `0.0.0.0`, `::1`, `::` (both families) or `localhost`.
        public var host: String
        /// The port; 0 takes a free one, the same for every loop.
        public var port: UInt16
        /// Whether TLS is spoken there.
        public var isSecure: Bool

        /// One address to listen on.
        public init(host: String = "127.0.0.1", port: UInt16 = 0, isSecure: Bool = false) {
            self.host = host
            self.port = port
            self.isSecure = isSecure
        }
    }

    /// Event loops, each with its thread. Default: the processors online.
    public var loops = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    /// The addresses to listen on.
    public var listeners: [Listener]
    /// Connections waiting to be accepted, for each listener and loop.
    public var backlog: Int32 = 1024

    /// Needed where a listener is secure.
    public var tls: TLSConfiguration?

    /// Bounds of a request's head and framing.
    public var requestLimits = RequestLimits()
    /// Bytes of an unwanted body that are read and dropped so that the connection can live on.
    public var bodyDrainBytes = 64 * 1024
    /// Bytes of a streamed body held for its consumer before reading pauses; one read of 64 KiB may come on top.
    public var bodyHighWaterBytes = 64 * 1024
    /// Unsent bytes at which a writer waits, and no further request of that connection is read.
    public var unsentHighWaterBytes = 128 * 1024
    /// Unsent bytes of all connections together above which each of them gets no more than `unsentLowWaterBytes`, so that
    /// many slow readers take little more than a few.
    public var unsentBudgetBytes = 32 * 1024 * 1024
    /// What `unsentHighWaterBytes` becomes above `unsentBudgetBytes`.
    public var unsentLowWaterBytes = 16 * 1024

    /// Connections at a time.
    public var maximumConnections = 16_384
    /// Connections at a time from one IPv4 address or IPv6 /64; those of `trustedProxies` are not counted by address.
    public var maximumConnectionsPerAddress = 1_024

    /// Proxies whose `Forwarded` (RFC 7239) and `X-Forwarded-For`, `-Proto` and `-Host` count. Nobody else's do.
    public var trustedProxies: [AddressBlock] = []

    /// For the whole head, from its first byte; for the first of a connection, from when it was accepted.
    public var headTimeout: Duration = .seconds(10)
    /// Until a client sends `minimumProgressBytes` of its body, or the rest of it, while the server wants to read.
    public var bodyTimeout: Duration = .seconds(30)
    /// Between two requests.
    public var idleTimeout: Duration = .seconds(75)
    /// Until a client takes `minimumProgressBytes`, or all there is.
    public var sendTimeout: Duration = .seconds(30)
    /// Bytes that put `sendTimeout` and `bodyTimeout` off.
    public var minimumProgressBytes = 4 * 1024
    /// How long to read on after the last answer of a connection, so that the client gets it (RFC 9112 §9.6).
    public var lingerTimeout: Duration = .seconds(2)
    /// How long the work for a client goes on that sends no more: it may have closed its half only, and wait for the
    /// answer, or have gone away.
    public var halfClosedGrace: Duration = .seconds(5)
    /// How long `drain` waits for what is in flight.
    public var drainGrace: Duration = .seconds(30)

    /// A configuration with the defaults.
    public init(listeners: [Listener] = [Listener()]) { self.listeners = listeners }
}
