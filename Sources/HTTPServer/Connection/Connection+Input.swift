internal import CLinux

extension Connection {
    /// Whether bytes read now could be handled.
    var wantsInput: Bool { leftover.isEmpty && wantsLeftover && !peerHasFinished }

    /// Whether input could be handled: a head when nothing is in flight and the client takes its answers, a body when its
    /// sink has room.
    var wantsLeftover: Bool {
        guard !isClosing else { return false }
        if let occupant { return occupant.wantsInput }
        guard let exchange else { return unsentCount <= loop.highWater }
        guard !exchange.requestDone else { return false }
        if case .stream(let stream) = exchange.sink { return stream.held <= loop.service.bodyHighWater }
        return true
    }

    func readOnce() {
        switch transport.read(into: loop.input) {
        case .bytes(let count): consume(Span(_unsafeElements: loop.input[..<count].assumingMemoryBound(to: UInt8.self)))
        case .blocked: break
        case .ended: peerFinished()
        case .failed: readFailed()
        }
    }

    /// Handles bytes until they are used up or something has to be waited for; the rest is kept.
    func consume(_ input: borrowing Span<UInt8>) {
        var position = 0
        isReading = true
        reading: while !isClosing {
            if let occupant {
                occupant.receive(input, at: &position)
                break
            }
            if let exchange {
                guard !exchange.requestDone else { break }
            } else if let batch, batch.count >= 64 * 1024 || unsentCount > loop.highWater {
                flush()
                guard !isClosing, unsentCount <= loop.highWater else { break }
            }
            switch parser.next(copy input, at: &position) {
            case .needsMore:
                isWithinHead = parser.isWithinHead
                break reading
            case .head(let head):
                isWithinHead = false
                begin(head, hasMore: position < input.count)
            case .body(let range): receiveBody(input.extracting(range))
            case .end:
                requestEnded()
                if position == input.count { break reading }
            case .fault(let fault):
                isWithinHead = false
                failed(fault)
            }
        }
        isReading = false
        if position < input.count, !isClosing {
            leftover = input.extracting(position..<input.count).withUnsafeBufferPointer { Array($0) }
        }
    }

    /// The peer sends no more: it has closed, or only its half.
    func peerFinished() {
        peerHasFinished = true
        if exchange == nil, occupant == nil { isClosing = true } else { close() }
    }

    /// The peer has closed, or only its half, while a request is in flight; which of the two cannot be seen. It may still
    /// read the answer, so that gets `halfClosedGrace`. Whoever has not had it by then has most likely gone away, and the
    /// work is cancelled.
    func peerHungUp() {
        hasHungUp = true
        interest &= ~CLINUX_EPOLLRDHUP
        occupant?.hungUp()
    }

    /// Cancels the task of a request whose client has most likely gone away.
    func cancel(_ exchange: Exchange) {
        exchange.isCancelled = true
        exchange.task?.cancel()
    }

    private func begin(_ head: consuming RequestHead, hasMore: Bool) {
        loop.counters.requests.increment()
        hasServed = true
        let isDirected = isDirectedHere(head)
        let request = request(head)
        let limit = loop.service.bodyDrain
        guard isDirected else {
            return refuse(.misdirected, open(request, .drop(left: limit), hasMore: hasMore))
        }
        if let fault = request.head.fault {
            let exchange = open(request, .drop(left: limit), hasMore: hasMore)
            // Whether its body follows is anyone's guess.
            if request.head.hasUnknownExpectation, request.head.hasBody { exchange.keepsAlive = false }
            return refuse(fault, exchange)
        }
        switch loop.service.responder.receive(request) {
        case .answer(let response):
            if request.head.hasBody || response.isStreamed {
                let exchange = open(request, .drop(left: limit), hasMore: hasMore)
                answer(response, exchange)
            } else {
                answerPlainly(response, request)
            }
        case .body(let limit, let handler):
            let exchange = open(request, .collect(limit: limit, handler), hasMore: hasMore)
            guard (request.head.contentLength ?? 0) <= limit else { return refuse(.contentTooLarge, exchange) }
            sendContinue(exchange)
        case .stream(let limit, let handler):
            let stream = BodyStream(connection: self, limit: limit)
            let exchange = open(request, .stream(stream), hasMore: hasMore)
            stream.exchange = exchange
            guard (request.head.contentLength ?? 0) <= limit else { return refuse(.contentTooLarge, exchange) }
            run(exchange) { await handler(request, stream) }
        case .later(let handler):
            let exchange = open(request, .drop(left: limit), hasMore: hasMore)
            run(exchange) { await handler(request) }
        }
    }

    private func request(_ head: consuming RequestHead) -> Request {
        guard let proxies = loop.service.proxies else {
            return Request(
                head: head, remoteAddress: remoteAddress, isSecure: transport.isSecure, localPort: localPort,
                listener: Int(listener), loop: loop)
        }
        let client = proxies.client(of: &head, peer: remoteAddress)
        return Request(
            head: head, remoteAddress: client.address, peerAddress: remoteAddress,
            isSecure: client.isSecure ?? transport.isSecure, localPort: localPort, listener: Int(listener), loop: loop)
    }

    private func open(_ request: Request, _ sink: Exchange.Sink, hasMore: Bool = false) -> Exchange {
        let exchange = Exchange(request, sink: sink)
        if hasMore { exchange.owesContinue = false }
        self.exchange = exchange
        return exchange
    }

    func sendContinue(_ exchange: Exchange) {
        guard exchange.owesContinue, exchange.isWaiting, exchange === self.exchange else { return }
        exchange.owesContinue = false
        batch?.append("HTTP/1.1 100 Continue\r\n\r\n")
    }
}
