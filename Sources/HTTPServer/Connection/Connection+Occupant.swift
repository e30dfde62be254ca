// A connection that a WebSocket or a stream of events has taken over.
extension Connection {
    /// The head of the last answer is queued: from now on the connection is the occupant's.
    func handOver(_ takeover: Takeover, isChunked: Bool) {
        exchange = nil
        deadlineKind = .none
        let occupant = takeover.occupant(self, isChunked)
        self.occupant = occupant
        occupant.begin()
        guard self.occupant != nil else { return }
        if hasHungUp { occupant.hungUp() }
        if loop.isDraining { occupant.drain() }
    }

    /// Bytes that the client has not taken.
    var pending: Int { unsentCount + (batch?.count ?? 0) }

    /// Queues bytes. They leave with what else this turn sends, or at the end of the loop's round.
    func push(_ bytes: [UInt8]) {
        guard !isClosed else { return }
        if let batch, bytes.count < OutputQueue.joinLimit {
            batch.append(bytes)
        } else {
            queueBatch()
            queue(bytes)
        }
        attend()
    }

    /// Sends what is queued, as far as the client takes it.
    func pushThrough() {
        if depth > 0 { return flush(all: true) }
        enter()
        flush(all: true)
        leave()
    }

    /// Comes by at the end of the round, unless it is this connection's turn.
    func attend() {
        guard depth == 0, !isDirty else { return }
        isDirty = true
        loop.dirty.append(self)
    }

    /// No more is sent after what is queued, and no more is read.
    func finish() {
        isClosing = true
        attend()
    }

    /// A sign of life: the deadline is put off.
    func putOff(_ kind: DeadlineKind) {
        guard deadlineKind == kind, let patience = occupant?.patience(kind) else { return }
        deadline = loop.now + patience
    }
}
