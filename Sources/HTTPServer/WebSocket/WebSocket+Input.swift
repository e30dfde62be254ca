extension WebSocket {
    /// While it says good-bye, everything up to the peer's own is read; otherwise messages come one at a time, and only to
    /// who takes what is sent.
    var wantsInput: Bool {
        switch phase {
        case .open: !isBusy && (connection?.pending ?? 0) <= loop.highWater
        case .closing: true
        case .ended: false
        }
    }

    func receive(_ input: borrowing Span<UInt8>, at position: inout Int) {
        isAsked = false
        connection?.putOff(.quiet)
        while let connection, !connection.isClosing {
            if connection.pending > loop.highWater { connection.pushThrough() }
            guard wantsInput else { return }
            switch decoder.next(copy input, at: &position) {
            case .needsMore: return
            case .message(let message): if phase == .open { take(message) }
            case .ping(let payload): if phase == .open { write(WebSocketFrame(.pong, payload).bytes) }
            case .pong: break
            case .close(let code, let reason): peerCloses(code, reason)
            case .fault(let fault): fail(fault)
            }
        }
    }

    private func take(_ message: WebSocketMessage) {
        loop.counters.messages.increment()
        guard case .later(let work) = call({ handler.received(message, from: self) }) else { return }
        isBusy = true
        loop.liveTasks += 1
        loop.counters.runningTasks.increment()
        let task = Task.immediate(executorPreference: loop) { [self] in
            await work()
            reacted()
        }
        if isBusy { self.task = task }
        // A connection that broke while the work began could not cancel it yet.
        if connection == nil { task.cancel() }
    }

    private func reacted() {
        loop.liveTasks -= 1
        loop.counters.runningTasks.decrement()
        isBusy = false
        task = nil
        tellEnding()
        connection?.attend()
    }

    /// The peer has closed while a reaction runs, or does not take what it is sent.
    func hungUp() { task?.cancel() }
}
