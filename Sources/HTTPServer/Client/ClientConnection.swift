internal import CLinux
internal import Glibc

/// A connection to somebody else's server, on the client's loop: connecting, agreeing on keys, then one request at a time.
// @unchecked: everything is touched on the client's loop only.
final class ClientConnection: OutboundSocket, @unchecked Sendable {
    enum State {
        case connecting, handshaking, busy, idle, closed
    }

    let core: ClientCore
    let target: ClientTarget
    let address: SocketAddress
    let transport: Transport
    private(set) var state = State.connecting
    private(set) var exchange: ClientExchange?
    private var token: UInt64 = 0
    private var interest: UInt32 = 0
    private var output = OutputQueue()
    private var parser = ResponseParser(isHead: false, headLimit: 0)
    private var head: ResponseHead?
    private var body: [UInt8] = []
    /// Requests answered before the present one.
    private var served = 0
    private var hasReceived = false
    var idleTimer: ScheduledWork?

    init(_ core: ClientCore, _ exchange: ClientExchange, _ address: SocketAddress, _ descriptor: Int32) {
        self.core = core
        self.exchange = exchange
        target = exchange.target
        self.address = address
        transport =
            exchange.target.isSecure
            ? .tls(TLSSession(descriptor, .client(exchange.trust, host: exchange.target.host))) : .plain(descriptor)
    }

    /// Begins to watch the socket. Returns `false` when the system refuses.
    func open() -> Bool {
        interest = CLINUX_EPOLLIN | CLINUX_EPOLLOUT | CLINUX_EPOLLRDHUP
        guard let token = core.loop.watch(transport.descriptor, interest, self) else { return false }
        self.token = token
        return true
    }

    func handle(_ flags: UInt32) {
        switch state {
        case .connecting:
            if let reason = connectError() { return core.connectFailed(self, reason) }
            guard flags & CLINUX_EPOLLOUT != 0 else { return }
            state = .handshaking
            shakeHands()
        case .handshaking: shakeHands()
        case .busy:
            if flags & CLINUX_EPOLLOUT != 0 { flush() }
            if case .busy = state { read() }
        case .idle:
            // Tickets of TLS may come late; everything else, an end above all, makes it useless.
            if case .blocked = transport.read(into: core.loop.input) { return settle() }
            close(isComplete: true)
        case .closed: break
        }
    }

    private func connectError() -> String? {
        var code: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        guard getsockopt(transport.descriptor, SOL_SOCKET, SO_ERROR, &code, &size) == 0 else { return "error \(errno)" }
        return code == 0 ? nil : strerror(code).map { String(cString: $0) } ?? "error \(code)"
    }

    private func shakeHands() {
        if case .tls(let session) = transport, let outcome = session.handshake() {
            switch outcome {
            case .blocked: return settle()
            default: return fail(.tls(session.reason ?? "the server ended the handshake"))
            }
        }
        guard let exchange else { return close() }
        send(exchange)
    }

    /// Takes the connection for a request.
    func begin(_ exchange: ClientExchange) {
        idleTimer?.cancel()
        served += 1
        self.exchange = exchange
        send(exchange)
    }

    private func send(_ exchange: ClientExchange) {
        state = .busy
        exchange.phase = .running(self)
        exchange.step?.cancel()
        parser = ResponseParser(isHead: exchange.request.method == "HEAD", headLimit: exchange.request.headLimit)
        head = nil
        body = []
        hasReceived = false
        output.append(exchange.head)
        if let content = exchange.request.body { output.append(content) }
        flush()
    }

    private func flush() {
        while !output.isEmpty {
            switch output.withParts(8, { transport.write($0) }) {
            case .bytes(let count): output.drop(count)
            case .blocked: return settle()
            // The server may have answered before it went away.
            case .ended, .failed:
                output.removeAll()
                return read()
            }
        }
        if let exchange, !hasReceived {
            exchange.step?.cancel()
            exchange.step = core.timer(exchange, .firstByte, exchange.request.firstByteTimeout)
        }
        settle()
    }

    private func read() {
        repeat {
            switch transport.read(into: core.loop.input) {
            case .bytes(let count):
                if !hasReceived {
                    hasReceived = true
                    exchange?.step?.cancel()
                }
                consume(Span(_unsafeElements: core.loop.input[..<count].assumingMemoryBound(to: UInt8.self)))
            case .blocked: return settle()
            case .ended: return ended()
            case .failed: return fail(hasReceived ? .malformed(.cutOff) : .disconnected)
            }
        } while state == .busy && transport.hasBuffered
        if state == .busy { settle() }
    }

    /// The peer has said that it sends no more.
    private func ended() {
        if !hasReceived { return fail(.disconnected) }
        if case .end = parser.finish() { complete(leftover: 0) } else { fail(.malformed(.cutOff)) }
    }

    private func consume(_ bytes: Span<UInt8>) {
        guard let limit = exchange?.request.bodyLimit else { return close() }
        var position = 0
        while true {
            switch parser.next(bytes, at: &position) {
            case .needsMore: return
            case .head(let head):
                self.head = head
                guard case .length(let length) = head.framing else { continue }
                guard length <= limit else { return fail(.bodyTooLarge) }
                body.reserveCapacity(min(length, 1 << 20))
            case .body(let range):
                guard body.count + range.count <= limit else { return fail(.bodyTooLarge) }
                bytes.extracting(range).withUnsafeBufferPointer { body.append(contentsOf: $0) }
            case .end: return complete(leftover: bytes.count - position)
            case .failed(let error): return fail(error)
            }
        }
    }

    private func complete(leftover: Int) {
        guard let exchange, let head else { return fail(.disconnected) }
        let response = ClientResponse(
            status: head.status, fields: head.fields, body: body, url: exchange.request.url, address: address)
        self.exchange = nil
        body = []
        // An answer that came before the whole request leaves the connection in the middle of something.
        if head.keepsAlive, leftover == 0, output.isEmpty, !transport.hasBuffered, !core.isClosed {
            state = .idle
            settle()
            core.release(self)
        } else {
            close(isComplete: output.isEmpty)
        }
        exchange.finish(.success(response))
    }

    /// The request on it has no answer.
    private func fail(_ error: ClientError) {
        let exchange = exchange
        self.exchange = nil
        let isStale = served > 0 && !hasReceived && error == .disconnected
        close()
        guard let exchange, !exchange.isDone else { return }
        if isStale, exchange.request.mayBeRepeated, !exchange.hasRetried {
            exchange.hasRetried = true
            core.restart(exchange)
        } else {
            exchange.finish(.failure(error))
        }
    }

    /// Lets go of the request, which goes on elsewhere or has ended, and closes.
    func abandon() {
        exchange = nil
        close(isComplete: state == .idle)
    }

    private func close(isComplete: Bool = false) {
        guard state != .closed else { return }
        state = .closed
        idleTimer?.cancel()
        core.loop.forget(token)
        transport.close(reset: false, isComplete: isComplete)
        output.removeAll()
        core.closed(self)
    }

    private func settle() {
        guard state != .closed else { return }
        var wanted = CLINUX_EPOLLIN | CLINUX_EPOLLRDHUP
        if !output.isEmpty || transport.wantsWrite || state == .connecting { wanted |= CLINUX_EPOLLOUT }
        guard wanted != interest else { return }
        interest = wanted
        core.loop.poller.modify(transport.descriptor, wanted, token: token)
    }
}
