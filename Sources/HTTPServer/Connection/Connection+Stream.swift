internal import Synchronization

// The content of a streamed answer.
extension Connection {
    enum WriteOutcome {
        case done
        case wait
        /// It has had its turn of this round.
        case yield
        case failed(BodyError)
    }

    /// Runs the closure that writes the content, then ends it.
    func send(_ content: @Sendable (BodyWriter) async throws -> Void, _ exchange: Exchange) async {
        do {
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

    /// Resumes the writer once the client has taken enough.
    func awaitRoom(_ exchange: Exchange, _ waiter: Waiter<BodyError?>) {
        guard exchange === self.exchange else { return waiter.resume(.disconnected) }
        guard exchange.writer == nil else { return waiter.resume(.misused) }
        guard unsentCount > loop.highWater / 2 else { return waiter.resume(nil) }
        if waiter.isCancelled.load(ordering: .sequentiallyConsistent) { return waiter.resume(.cancelled) }
        exchange.writer = waiter
        loop.counters.suspendedWriters.increment()
    }

    func wakeWriter(_ exchange: Exchange, _ error: BodyError?) {
        guard let writer = exchange.writer else { return }
        exchange.writer = nil
        loop.counters.suspendedWriters.decrement()
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
