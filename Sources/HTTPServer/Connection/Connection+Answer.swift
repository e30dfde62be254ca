// Answers, plain and streamed.
extension Connection {
    /// Runs a handler in a task on the loop and sends what it returns. The task owns the connection.
    func run(_ exchange: Exchange, _ handler: @escaping @Sendable () async -> Response) {
        start(exchange) { [self] in
            let response = await handler()
            guard let content = deliver(response, exchange) else { return }
            await send(content, exchange)
        }
    }

    private func start(_ exchange: Exchange, _ work: @escaping @Sendable () async -> Void) {
        loop.liveTasks += 1
        loop.counters.runningTasks.increment()
        let task = Task.immediate(executorPreference: loop) { [loop] in
            await work()
            loop.liveTasks -= 1
            loop.counters.runningTasks.decrement()
        }
        if exchange === self.exchange, !exchange.isAnswered {
            exchange.task = task
            if hasHungUp, depth == 0 { settle() }
        } else if isClosed {
            task.cancel()
        }
    }

    /// Answers what is in flight without a task of its own; streamed content gets one.
    func answer(_ response: Response, _ exchange: Exchange) {
        guard let content = deliver(response, exchange) else { return }
        start(exchange) { [self] in await send(content, exchange) }
    }

    /// Sends the head, and the content unless it is streamed: then the closure that writes it is returned.
    private func deliver(
        _ response: Response, _ exchange: Exchange
    ) -> (@Sendable (BodyWriter) async throws -> Void)? {
        guard exchange === self.exchange, exchange.isWaiting, !isClosed else { return nil }
        enter()
        defer { leave() }
        var response = response
        if let fault = exchange.fault {
            loop.counters.refused.increment()
            response = loop.service.responder.refuse(fault, exchange.request)
        }
        if !keepsAlive(after: response, exchange) { exchange.keepsAlive = false }
        if case .stream(let stream) = exchange.sink {
            stream.discard()
            stream.finish(.failure(.misused))
            exchange.sink = .drop(left: loop.service.bodyDrain)
        }
        exchange.collected = []
        var content: (@Sendable (BodyWriter) async throws -> Void)?
        switch encode(response, for: exchange.request, keepsAlive: exchange.keepsAlive) {
        case .complete:
            exchange.answering = .done
            // The answer to HEAD ends the connection where the one to GET would take it over, and says so.
            if case .takeover = response.body { exchange.keepsAlive = false }
        case .streamed(let framing, let body):
            exchange.answering = .streaming(framing)
            if case .untilClose = framing { exchange.keepsAlive = false }
            content = body
        case .taken(let takeover, let isChunked):
            exchange.answering = .done
            exchange.takeover = (takeover, isChunked)
        }
        finishIfDone(exchange)
        return content
    }

    /// Whether the connection can live on. A body that has not come must be small enough to be dropped, and must be sure to
    /// come: a client still waiting for 100 (Continue) may send it or not.
    private func keepsAlive(after response: Response, _ exchange: Exchange) -> Bool {
        guard exchange.keepsAlive, exchange.request.keepAlive, !response.closesConnection, !loop.isDraining,
            !peerHasFinished
        else { return false }
        if exchange.requestDone { return true }
        return !exchange.owesContinue && parser.remaining <= loop.service.bodyDrain
    }

    /// Answers with the responder's refusal.
    func refuse(_ fault: HTTPFault, _ exchange: Exchange) {
        if fault.losesFraming { exchange.keepsAlive = false }
        if case .stream(let stream) = exchange.sink { stream.finish(.failure(.refused(fault))) }
        exchange.sink = .drop(left: loop.service.bodyDrain)
        exchange.fault = fault
        answer(Response(status: fault.status), exchange)
    }

    /// Refuses what was no request, and closes.
    func refuse(_ fault: HTTPFault) {
        loop.counters.refused.increment()
        let response = loop.service.responder.refuse(fault, nil)
        encodeRefusal(response)
        isClosing = true
    }

    /// Answers a request that has no body, on the spot.
    func answerPlainly(_ response: Response, _ request: Request) {
        let keepsAlive = request.keepAlive && !response.closesConnection && !loop.isDraining
        _ = encode(response, for: request, keepsAlive: keepsAlive)
        deadlineKind = .none
        if !keepsAlive { isClosing = true }
    }

    /// Goes on to the next request, or closes, when the answer is complete and the request as well.
    func finishIfDone(_ exchange: Exchange) {
        guard exchange === self.exchange, exchange.isAnswered else { return }
        if exchange.requestDone || !exchange.keepsAlive {
            self.exchange = nil
            exchange.task = nil
            deadlineKind = .none
            if let (takeover, isChunked) = exchange.takeover { return handOver(takeover, isChunked: isChunked) }
            if !exchange.keepsAlive || loop.isDraining { isClosing = true }
        }
    }
}
