internal import Synchronization

// The content of a streamed answer.
extension Connection {
    enum WriteOutcome: Sendable {
        case done
        case wait
        /// It has had its turn of this round.
        case yield
        case failed(BodyError)
    }

    /// Runs the closure that writes the content, then ends it.
    func send(_ content: @Sendable (BodyWriter) async throws -> Void, _ exchange: Exchange) async {
        do {
            if !loop.takeTurn(), let failure = await room(exchange) { throw failure }
            try await content(BodyWriter(connection: self, exchange: exchange))
            endContent(exchange)
        } catch {
            // Without the final chunk, or with less than the length, the client knows that something is missing.
            if exchange === self.exchange { abandonContent() }
        }
    }

    private func endContent(_ exchange: Exchange) {
        guard exchange === self.exchange, case .streaming(let framing) = exchange.answering else { return }
        enter()
        switch framing {
        case .chunked: append("0\r\n\r\n")
        case .length(let left) where left > 0:
            abandonContent()
            return leave()
        case .length, .untilClose: break
        }
        exchange.answering = .done
        finishIfDone(exchange)
        leave()
    }

    private func abandonContent() {
        enter()
        flush()
        close()
        leave()
    }

    /// Queues content; it is sent at the end of the loop's round, or at once when there is much of it.
    func write(_ bytes: [UInt8], _ exchange: Exchange) -> WriteOutcome {
        guard exchange === self.exchange else { return .failed(isClosed ? .disconnected : .misused) }
        guard case .streaming(let framing) = exchange.answering else { return .failed(.misused) }
        guard !bytes.isEmpty else { return .done }
        queueBatch()
        switch framing {
        case .chunked:
            queue(Array("\(String(bytes.count, radix: 16))\r\n".utf8))
            queue(bytes)
            append("\r\n")
        case .length(let left):
            guard bytes.count <= left else { return .failed(.tooMuch) }
            exchange.answering = .streaming(.length(left: left - bytes.count))
            queue(bytes)
        case .untilClose: queue(bytes)
        }
        // At once, so that the others see what there is of the budget.
        report()
        if unsentCount > loop.highWater {
            enter()
            flush()
            leave()
            if isClosed { return .failed(.disconnected) }
            if unsentCount > loop.highWater { return .wait }
        }
        if depth == 0, !isDirty, unsentCount > 0 {
            isDirty = true
            loop.dirty.append(self)
        }
        return hasHadTurn(bytes.count) ? .yield : .done
    }

    /// A client that reads as fast as it is written to must not hold up the others of its loop.
    private func hasHadTurn(_ bytes: Int) -> Bool {
        if turn != loop.round { (turn, turnBytes) = (loop.round, 0) }
        turnBytes = Int32(clamping: Int(turnBytes) + bytes)
        return turnBytes >= 64 * 1024
    }

    /// Waits until the client has taken enough, and the others of the loop have had their turn.
    func room(_ exchange: Exchange) async -> BodyError? {
        let waiter = Waiter<BodyError?>()
        return await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                waiter.begin(continuation)
                if loop.isCurrent {
                    awaitRoom(exchange, waiter)
                } else if !loop.submit({ [self] in awaitRoom(exchange, waiter) }) {
                    waiter.resume(.disconnected)
                }
            }
        } onCancel: {
            waiter.isCancelled.store(true, ordering: .sequentiallyConsistent)
            loop.submit { [self] in if exchange.writer === waiter { wakeWriter(exchange, .cancelled) } }
        }
    }

    private func awaitRoom(_ exchange: Exchange, _ waiter: Waiter<BodyError?>) {
        guard exchange === self.exchange else { return waiter.resume(.disconnected) }
        guard exchange.writer == nil else { return waiter.resume(.misused) }
        if waiter.isCancelled.load(ordering: .sequentiallyConsistent) { return waiter.resume(.cancelled) }
        exchange.writer = waiter
        loop.counters.suspendedWriters.increment()
        if unsentCount <= loop.highWater / 2 { queueWriter(exchange) }
    }

    /// There is room: lets the writer go on when its turn comes.
    func queueWriter(_ exchange: Exchange) {
        guard exchange.writer != nil, !exchange.hasRoom else { return }
        exchange.hasRoom = true
        loop.counters.suspendedWriters.decrement()
        loop.turns.append(self)
    }

    /// The writer's turn has come. Returns whether there is one.
    func goOn() -> Bool {
        guard let exchange, exchange.hasRoom else { return false }
        wakeWriter(exchange, nil)
        return true
    }

    func wakeWriter(_ exchange: Exchange, _ error: BodyError?) {
        guard let writer = exchange.writer else { return }
        exchange.writer = nil
        if !exchange.hasRoom { loop.counters.suspendedWriters.decrement() }
        exchange.hasRoom = false
        writer.resume(error)
    }

    func flushStream() {
        isDirty = false
        guard !isClosed else { return }
        enter()
        leave()
    }

    private func append(_ text: StaticString) {
        queueBatch()
        queue(copying: UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }
}
