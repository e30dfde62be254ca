/// Looks up what addresses a host name stands for; their ports do not matter. It must bound how many look-ups run or wait at
/// once, and give up one whose task is cancelled where it can.
public typealias HostResolver = @Sendable (_ host: String) async throws -> [SocketAddress]

/// What a client works with, and its bounds.
public struct ClientConfiguration: Sendable {
    /// How names are looked up.
    public var resolver: HostResolver
    /// The authorities that are believed where a request does not say otherwise.
    public var trust: TLSTrust
    /// Connections to one target at a time.
    public var connectionsPerTarget = 8
    /// Connections at a time.
    public var connections = 256
    /// Requests that wait for a connection to one target.
    public var waitingPerTarget = 64
    /// How long a connection is kept for the next request.
    public var idleTimeout: Duration = .seconds(30)
    /// When a target that fails is left alone; never when `nil`.
    public var circuit: CircuitBreaker.Configuration? = .init()

    /// The defaults.
    public init(resolver: @escaping HostResolver, trust: TLSTrust) {
        self.resolver = resolver
        self.trust = trust
    }
}
