/// What all loops share: the responder, the connection counts, and the configuration as plain numbers.
final class Service: Sendable {
    let responder: any Responder
    let ledger: ConnectionLedger
    /// `nil` when there are none, so that a request is not looked at for their sake.
    let proxies: TrustedProxies?
    let requestLimits: RequestLimits
    let bodyDrain: Int
    let bodyHighWater: Int
    let unsentHighWater: Int
    let unsentLowWater: Int
    /// Of one loop.
    let unsentBudget: Int
    let minimumProgress: Int
    /// The server's end of TLS, where a listener needs it.
    let acceptor: TLSAcceptor?
    private let head: Int64
    private let idle: Int64
    private let body: Int64
    private let send: Int64
    private let linger: Int64
    private let halfClosed: Int64

    init(_ configuration: ServerConfiguration, _ responder: any Responder) throws(TLSError) {
        self.responder = responder
        let proxies = TrustedProxies(configuration.trustedProxies)
        self.proxies = proxies
        if let tls = configuration.tls {
            acceptor = try TLSAcceptor(tls) { EventLoop.monotonicMilliseconds() }
        } else {
            acceptor = nil
        }
        ledger = ConnectionLedger(
            total: configuration.maximumConnections, each: configuration.maximumConnectionsPerAddress, proxies: proxies)
        requestLimits = configuration.requestLimits
        bodyDrain = max(configuration.bodyDrainBytes, 0)
        bodyHighWater = max(configuration.bodyHighWaterBytes, 0)
        unsentHighWater = max(configuration.unsentHighWaterBytes, 1)
        unsentLowWater = min(max(configuration.unsentLowWaterBytes, 1), unsentHighWater)
        unsentBudget = max(configuration.unsentBudgetBytes, 0) / max(configuration.loops, 1)
        minimumProgress = max(configuration.minimumProgressBytes, 1)
        head = configuration.headTimeout.milliseconds
        idle = configuration.idleTimeout.milliseconds
        body = configuration.bodyTimeout.milliseconds
        send = configuration.sendTimeout.milliseconds
        linger = configuration.lingerTimeout.milliseconds
        halfClosed = configuration.halfClosedGrace.milliseconds
    }

    /// How long to wait, in milliseconds.
    func timeout(_ kind: Connection.DeadlineKind) -> Int64 {
        switch kind {
        case .none, .quiet, .pong, .goodbye: .max / 2
        case .handshake: acceptor?.handshakeTimeout ?? 0
        case .head: head
        case .idle: idle
        case .body: body
        case .send: send
        case .linger: linger
        case .halfClosed: halfClosed
        }
    }
}

extension Duration {
    /// Whole milliseconds, at least 0 and at most some 35 years, so that sums of two cannot overflow.
    var milliseconds: Int64 {
        let (seconds, attoseconds) = components
        guard seconds >= 0, attoseconds >= 0 else { return 0 }
        return min(seconds, 1 << 30) * 1000 + attoseconds / 1_000_000_000_000_000
    }
}
