internal import CLinux

// Output of one turn is gathered in the loop's buffer and sent in one write.
extension Connection {
    /// Begins a turn. Nests.
    func enter() {
        depth += 1
        if isHeld { loop.sendHeld() }
        guard depth == 1 else { return }
        if let shared = loop.output {
            batch = shared
            loop.output = nil
        } else {
            batch = OutputBuffer(capacity: 1024)
        }
    }

    /// Ends a turn: sends, goes on with input that was waiting, and puts poller and timer right.
    func leave() {
        guard depth == 1 else {
            depth -= 1
            return
        }
        if !hold() { flush() }
        while !isClosed, !leftover.isEmpty, wantsLeftover {
            let bytes = leftover
            leftover = []
            consume(bytes.span)
            flush()
        }
        if let batch {
            batch.reset()
            if loop.output == nil { loop.output = batch }
        }
        batch = nil
        depth = 0
        settle()
    }

    /// Sends what is gathered and what is waiting, as far as the socket takes it; not more than a turn's worth, unless
    /// `all` is wanted.
    func flush(all: Bool = false) {
        guard !isClosed, let batch else { return }
        if batch.count > 0 {
            if unsentCount == 0 {
                switch transport.write(batch.bytes) {
                case .bytes(let sent):
                    if sent < batch.count {
                        queue(copying: UnsafeRawBufferPointer(rebasing: batch.bytes[sent...]))
                    }
                case .blocked: queue(copying: batch.bytes)
                case .ended, .failed: return close()
                }
            } else {
                queue(copying: batch.bytes)
            }
            batch.reset()
        }
        sendQueued(all ? .max : Self.turnBytes)
        guard !isClosed, unsentCount == 0, isClosing, !isLingering else { return }
        beginLinger()
    }

    /// Bytes that one connection sends in a turn: a client that reads as fast as it is sent to must not hold up others.
    private static let turnBytes = 128 * 1024

    private func sendQueued(_ limit: Int) {
        var left = limit
        while unsentCount > 0, left > 0 {
            switch unsent.withParts(8, bytes: left, { transport.write($0) }) {
            case .bytes(let sent):
                forget(sent)
                progressed(sent)
                left -= sent
            case .blocked:
                return
            case .ended, .failed: return close()
            }
        }
        report()
        if let exchange, unsentCount == 0 { queueWriter(exchange) }
    }

    /// Moves what is gathered behind what is waiting, so that more can be queued after it.
    func queueBatch() {
        guard let batch, batch.count > 0 else { return }
        queue(copying: batch.bytes)
        batch.reset()
    }

    /// Puts the poller's interest and the deadline right.
    func settle() {
        guard !isClosed else { return }
        report()
        occupant?.unsentChanged(unsentCount)
        if let exchange, exchange.writer != nil, unsentCount <= loop.highWater / 2 { queueWriter(exchange) }
        var wanted = interest
        // Input is switched off only when it comes unasked (see `handle`), so that a plain request costs no call here.
        if isLingering || wantsInput { wanted |= CLINUX_EPOLLIN }
        if wanted != interest {
            interest = wanted
            loop.poller.modify(transport.descriptor, wanted, token: id.token)
        }
        let hasOutput = unsentCount > 0 || transport.wantsWrite
        if hasOutput != awaitsWritable {
            awaitsWritable = hasOutput
            if hasOutput {
                loop.poller.awaitWritable(transport.descriptor, token: id.token)
            } else {
                loop.poller.forgetWritable(transport.descriptor)
            }
        }
        if transport.hasBuffered, !isUnread, isLingering || wantsInput {
            isUnread = true
            loop.unread.append(self)
        }
        arm()
    }

    func report() {
        guard reportedUnsent != unsentCount else { return }
        loop.counters.unsentBytes.add(unsentCount - reportedUnsent)
        reportedUnsent = unsentCount
        loop.counters.peakUnsentBytes.raise(to: loop.counters.unsentBytes.read())
    }

    /// Everything is sent: tells the peer, and reads on for a moment, because closing with unread input would make the
    /// kernel reset the connection and the peer lose the answer (RFC 9112 §9.6).
    private func beginLinger() {
        if peerHasFinished { return close() }
        guard transport.finishWriting() else { return }
        isLingering = true
        leftover = []
        progress = 0
    }

    func discard() {
        switch transport.read(into: loop.input) {
        case .bytes(let count):
            progress += count
            if progress > loop.service.bodyDrain { close() }
        case .blocked: break
        case .ended, .failed: close()
        }
    }
}
