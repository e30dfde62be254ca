// The body of the request in flight.
extension Connection {
    func receiveBody(_ bytes: Span<UInt8>) {
        guard let exchange else { return }
        if deadlineKind == .body { progressed(bytes.count) }
        exchange.owesContinue = false
        switch exchange.sink {
        case .drop(let left):
            exchange.sink = .drop(left: left - bytes.count)
            if left < bytes.count { giveUpBody(exchange) }
        case .collect(let limit, _):
            guard exchange.collected.count + bytes.count <= limit else { return refuse(.contentTooLarge, exchange) }
            if exchange.collected.isEmpty {
                exchange.collected.reserveCapacity(min(exchange.request.contentLength ?? 0, 1 << 16))
            }
            bytes.withUnsafeBufferPointer { exchange.collected.append(contentsOf: $0) }
        case .stream(let stream):
            stream.received += bytes.count
            guard stream.received <= stream.limit else { return failBody(.contentTooLarge, exchange) }
            stream.receive(bytes.withUnsafeBufferPointer { [UInt8]($0) })
        }
    }

    func requestEnded() {
        guard let exchange else { return }
        exchange.requestDone = true
        exchange.owesContinue = false
        switch exchange.sink {
        case .drop: break
        case .collect(_, let handler):
            let body = exchange.collected
            exchange.collected = []
            exchange.sink = .drop(left: 0)
            switch handler(exchange.request, body) {
            case .now(let response): answer(response, exchange)
            case .later(let handler): run(exchange, handler)
            }
        case .stream(let stream): stream.finish(.success(()))
        }
        finishIfDone(exchange)
    }

    /// The parser, or a time-out, says that what follows is no request or no body.
    func failed(_ fault: HTTPFault) {
        guard let exchange else { return refuse(fault) }
        exchange.keepsAlive = false
        failBody(fault, exchange)
    }

    /// Ends a body that cannot go on.
    func failBody(_ fault: HTTPFault, _ exchange: Exchange) {
        switch exchange.sink {
        case .collect: refuse(fault, exchange)
        case .drop:
            exchange.fault = exchange.fault ?? fault
            giveUpBody(exchange)
        case .stream(let stream):
            exchange.fault = fault
            exchange.keepsAlive = false
            exchange.requestDone = true
            stream.discard()
            stream.finish(.failure(.refused(fault)))
            if case .streaming = exchange.answering { close() }
        }
    }

    /// Reads no more of a dropped body. The answer, if it is still due, ends the connection.
    private func giveUpBody(_ exchange: Exchange) {
        exchange.keepsAlive = false
        exchange.requestDone = true
        if exchange.isAnswered { finishIfDone(exchange) }
    }

    /// The consumer took a chunk, or waits for one.
    func bodyTaken(_ exchange: Exchange?) {
        guard let exchange, exchange === self.exchange, !isClosed, depth == 0 || exchange.owesContinue else { return }
        enter()
        sendContinue(exchange)
        leave()
    }
}
