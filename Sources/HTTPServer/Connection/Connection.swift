internal import CLinux
internal import Glibc
internal import Synchronization

/// One client. It lives and dies on one loop.
///
/// Requests are handled one after the other: the next head is read only when the answer before it is complete, so the
/// order of pipelined answers needs no queue, and a flood of requests waits in the client's own socket. An idle
/// connection holds no buffer and no task.
// @unchecked: everything mutable is touched on the loop's thread only; tasks that hold it run there.
final class Connection: @unchecked Sendable {
    let id: ConnectionID
    let loop: EventLoop
    let transport: Transport
    let remoteAddress: SocketAddress
    let localPort: UInt16
    let listener: Int32

    var parser: RequestParser
    /// `parser.isWithinHead` when it was last told of input, as a number of its own for the same reason as `unsentCount`.
    var isWithinHead = false
    var exchange: Exchange?
    /// Who has the connection after its last HTTP message.
    var occupant: (any Occupant)?
    /// Input that came before it could be handled (at most one read).
    var leftover: [UInt8] = []
    /// Changed in `Connection+Queue.swift` only, which keeps `unsentCount`.
    var unsent = OutputQueue()
    /// Its bytes. Beside it, because reading a number costs nothing and reading a part of a structure that others change in
    /// place does.
    var unsentCount = 0
    /// The loop's output buffer (or one of its own when another connection has that) between `enter` and `leave`.
    var batch: OutputBuffer?
    var depth: Int32 = 0

    var interest: UInt32 = CLINUX_EPOLLIN | CLINUX_EPOLLRDHUP
    /// Whether the poller tells when the socket takes bytes.
    var awaitsWritable = false
    var isClosed = false
    /// No more requests: close once everything is sent.
    var isClosing = false
    /// Everything is sent and the peer knows; waiting for it to close.
    var isLingering = false
    /// Its end of input has been read.
    var peerHasFinished = false
    /// The poller has told of that end while input was not wanted.
    var hasHungUp = false
    var isReading = false
    /// Its answer is sent at the end of the round.
    var isHeld = false
    var isDirty = false
    /// In the loop's list of those with more to read than the poller knows.
    var isUnread = false
    var hasServed = false

    var deadline: Int64 = 0
    var deadlineKind = DeadlineKind.none
    /// The earliest tick the wheel has an entry for; 0 when none.
    var wheelTick: Int64 = 0
    /// Bytes since the deadline was last put off (while sending or lingering).
    var progress: Int = 0
    var reportedUnsent = 0
    /// Bytes that a writer has written in the round of that number.
    var turnBytes: Int32 = 0
    var turn: UInt32 = 0

    init(
        id: ConnectionID, loop: EventLoop, transport: Transport, remoteAddress: SocketAddress, listener: ListeningSocket
    ) {
        self.id = id
        self.loop = loop
        self.transport = transport
        self.remoteAddress = remoteAddress
        localPort = listener.address.port
        self.listener = Int32(listener.configuredPosition)
        parser = RequestParser(limits: loop.service.requestLimits)
    }

    /// What the poller reported.
    func handle(_ flags: UInt32) {
        if flags & (CLINUX_EPOLLERR | CLINUX_EPOLLHUP) != 0 { return close() }
        enter()
        if flags & CLINUX_EPOLLOUT != 0 {
            flush()
            if transport.wantsWrite, !isClosed, wantsInput { readOnce() }
        }
        if flags & (CLINUX_EPOLLIN | CLINUX_EPOLLRDHUP) != 0, !isClosed {
            if isLingering {
                discard()
            } else if wantsInput {
                readOnce()
            } else {
                interest &= ~CLINUX_EPOLLIN
                if flags & CLINUX_EPOLLRDHUP != 0 { peerHungUp() }
                if !isClosed { loop.poller.modify(transport.descriptor, interest, token: id.token) }
            }
        }
        leave()
    }

    /// Closes at once, whatever is unsent.
    func close(reset: Bool = false) {
        guard !isClosed else { return }
        // It was promised before.
        if isHeld { loop.sendHeld() }
        guard !isClosed else { return }
        let isComplete = exchange == nil && unsentCount == 0 && (occupant == nil || isClosing)
        isClosed = true
        isClosing = true
        loop.connections.remove(id)
        transport.close(reset: reset, isComplete: isComplete)
        loop.service.ledger.leave(remoteAddress)
        forgetAll()
        leftover = []
        let occupant = occupant
        self.occupant = nil
        report()
        if let exchange {
            self.exchange = nil
            exchange.task?.cancel()
            wakeWriter(exchange, .disconnected)
            if case .stream(let stream) = exchange.sink {
                stream.discard()
                stream.finish(.failure(.disconnected))
            }
        }
        loop.counters.open.decrement()
        occupant?.connectionClosed()
    }

    /// No more requests; what is in flight is answered with `connection: close`. Idle connections close now, unless a
    /// request has just come in.
    func drain() {
        guard !isClosed, exchange == nil, !isClosing else { return }
        enter()
        if let occupant {
            occupant.drain()
            return leave()
        }
        if wantsInput { readOnce() }
        if !isClosed, exchange == nil, !isClosing, !isWithinHead {
            if unsentCount == 0, batch?.count == 0 { close() } else { isClosing = true }
        }
        leave()
    }
}
