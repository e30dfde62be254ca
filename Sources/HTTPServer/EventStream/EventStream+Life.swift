extension EventStream {
    /// A client has nothing to say.
    var wantsInput: Bool { false }
    func receive(_ input: borrowing Span<UInt8>, at position: inout Int) {}

    var awaited: Connection.DeadlineKind { phase == .open ? .quiet : .goodbye }

    func patience(_ kind: Connection.DeadlineKind) -> Int64? {
        switch kind {
        case .quiet: options.heartbeatInterval.milliseconds
        case .goodbye: options.closeTimeout.milliseconds
        default: nil
        }
    }

    func expired(_ kind: Connection.DeadlineKind) {
        guard kind == .quiet else {
            connection?.close(reset: true)
            return
        }
        switch options.heartbeat {
        case .comment: put(framed(.heartbeat))
        case .event(let make): put(framed(make()))
        }
    }

    /// Ends the content, after what is queued. What waits behind a replay is dropped: the client has not seen what goes
    /// before it, and asks for both when it comes back.
    func endContent(_ code: CloseCode, _ reason: String) {
        guard phase == .open else { return }
        if isChunked { connection?.push(Array("0\r\n\r\n".utf8)) }
        end(.byServer(code, reason: reason))
    }

    func drain() { endContent(.goingAway, "") }

    /// The client has closed: it cannot want more.
    func hungUp() { connection?.close() }

    func connectionClosed() {
        connection = nil
        loop.counters.eventStreams.decrement()
        end(.disconnected)
    }

    private func end(_ ending: PushEnding) {
        guard self.ending == nil else { return }
        self.ending = ending
        phase = .ended
        task?.cancel()
        live = nil
        liveBytes = 0
        connection?.finish()
        wake()
        tellEnding()
    }
}
