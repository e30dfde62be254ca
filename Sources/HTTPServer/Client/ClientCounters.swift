/// What a client counts.
final class ClientCounters: Sendable {
    let requests = Gauge()
    let connections = Gauge()
}

/// What a client has done until now.
public struct ClientMetrics: Sendable, Hashable {
    /// Requests that reached the loop, redirects counted one by one.
    public var requests = 0
    /// Connections there are, and those that are being made.
    public var connections = 0
}
