internal import Synchronization

/// What a server counts, summed over its loops at one moment.
public struct ServerMetrics: Sendable, Hashable {
    /// Connections accepted since the start.
    public var accepted = 0
    /// Connections closed at once, because of a limit or for want of descriptors.
    public var turnedAway = 0
    /// Connections open now.
    public var open = 0
    /// Valid heads since the start.
    public var requests = 0
    /// Requests refused since the start (`Responder.refuse`).
    public var refused = 0
    /// Heads, bodies and answers that took too long, since the start.
    public var timedOut = 0
    /// Handlers and body writers running as tasks now.
    public var runningTasks = 0
    /// Bytes of answers that clients have not taken, now.
    public var unsentBytes = 0
    /// The most of them at a time on any one loop.
    public var peakUnsentBytes = 0
    /// Bytes of streamed bodies that handlers have not taken, now.
    public var heldBodyBytes = 0
    /// The most of them at a time on any one loop.
    public var peakHeldBodyBytes = 0
    /// Body writers waiting for their clients, now.
    public var suspendedWriters = 0
    /// Handlers waiting for more of a body, now.
    public var suspendedReaders = 0
    /// TLS handshakes completed since the start.
    public var handshakes = 0
    /// Those of them that resumed a session.
    public var resumptions = 0
    /// TLS handshakes that failed, time-outs not counted.
    public var failedHandshakes = 0
    /// WebSockets open now.
    public var webSockets = 0
    /// Streams of events open now.
    public var eventStreams = 0
    /// Messages that came in through WebSockets, since the start.
    public var messages = 0
    /// WebSockets and streams of events closed because their clients were too slow, since the start.
    public var laggards = 0
}

extension ServerMetrics {
    mutating func add(_ acceptor: TLSAcceptor) {
        handshakes += acceptor.handshakes.load(ordering: .relaxed)
        resumptions += acceptor.resumptions.load(ordering: .relaxed)
        failedHandshakes += acceptor.failures.load(ordering: .relaxed)
    }

    mutating func add(_ counters: LoopCounters) {
        accepted += counters.accepted.read()
        turnedAway += counters.turnedAway.read()
        open += counters.open.read()
        requests += counters.requests.read()
        refused += counters.refused.read()
        timedOut += counters.timedOut.read()
        runningTasks += counters.runningTasks.read()
        unsentBytes += counters.unsentBytes.read()
        peakUnsentBytes = max(peakUnsentBytes, counters.peakUnsentBytes.read())
        heldBodyBytes += counters.heldBodyBytes.read()
        peakHeldBodyBytes = max(peakHeldBodyBytes, counters.peakHeldBodyBytes.read())
        suspendedWriters += counters.suspendedWriters.read()
        suspendedReaders += counters.suspendedReaders.read()
        webSockets += counters.webSockets.read()
        eventStreams += counters.eventStreams.read()
        messages += counters.messages.read()
        laggards += counters.laggards.read()
    }
}
