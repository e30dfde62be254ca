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
    var state = State.connecting
    var exchange: ClientExchange?
    private var token: UInt64 = 0
    private var interest: UInt32 = 0
    var output = OutputQueue()
    /// The request's content, while it is made.
    var uploading: Uploading?
    var parser = ResponseParser(isHead: false, headLimit: 0)
    var head: ResponseHead?
    var body: [UInt8] = []
    /// Bytes of the answer's content.
    var received = 0
    /// Requests answered before the present one.
    private var served = 0
    var hasReceived = false
    var idleTimer: ScheduledWork?
    /// The answer's content is not read until there is room for it.
    var isPaused: Bool { exchange?.flow?.isFull ?? false }

    init(_ core: ClientCore, _ exchange: ClientExchange, _ address: SocketAddress, _ descriptor: Int32) {
        self.core = core
        self.exchange = exchange
        target = exchange.target
        self.address = address
        transport =
            exchange.target.isSecure
            ? .tls(TLSSession(descriptor, .client(exchange.trust, host: exchange.target.host, isHTTP: true)))
            : .plain(descriptor)
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
            // The poller tells of an end whether one wants to know or not.
            if case .busy = state, !isPaused || flags & (CLINUX_EPOLLERR | CLINUX_EPOLLHUP) != 0 { read() }
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
        received = 0
        hasReceived = false
        output.append(exchange.head)
        if let content = exchange.request.body { output.append(content) }
        let upload = exchange.request.upload.map { ($0, Uploading(left: $0.length)) }
        uploading = upload?.1
        flush()
        if let (content, uploading) = upload, uploading === self.uploading { begin(content, uploading) }
    }

    func flush() {
        while !output.isEmpty {
            switch output.withParts(8, { transport.write($0) }) {
            case .bytes(let count): output.drop(count)
            case .blocked:
                wakeUpload()
                return settle()
            // The server may have answered before it went away.
            case .ended, .failed:
                output.removeAll()
                endUpload()
                return read()
            }
        }
        wakeUpload()
        if let exchange, !hasReceived, uploading == nil {
            exchange.step?.cancel()
            exchange.step = core.timer(exchange, .firstByte, exchange.request.firstByteTimeout)
        }
        settle()
    }

    /// The request on it has no answer.
    func fail(_ error: ClientError) {
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

    func close(isComplete: Bool = false) {
        guard state != .closed else { return }
        state = .closed
        idleTimer?.cancel()
        endUpload()
        core.loop.forget(token)
        transport.close(reset: false, isComplete: isComplete)
        output.removeAll()
        core.closed(self)
    }

    func settle() {
        guard state != .closed else { return }
        var wanted = isPaused ? 0 : CLINUX_EPOLLIN | CLINUX_EPOLLRDHUP
        if !output.isEmpty || transport.wantsWrite || state == .connecting { wanted |= CLINUX_EPOLLOUT }
        guard wanted != interest else { return }
        interest = wanted
        core.loop.poller.modify(transport.descriptor, wanted, token: token)
    }
}
