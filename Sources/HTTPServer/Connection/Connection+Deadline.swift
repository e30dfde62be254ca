// One deadline a connection, for whatever it waits for now.
extension Connection {
    enum DeadlineKind: UInt8 {
        case none, handshake, head, idle, body, send, linger, halfClosed
        /// Of a connection that was taken over: for anything to happen, for the answer to a ping, for a good-bye.
        case quiet, pong, goodbye
    }

    /// What is waited for now.
    private var awaited: DeadlineKind {
        if isLingering { return .linger }
        if transport.isHandshaking { return .handshake }
        if let occupant, occupant.isHurried { return .goodbye }
        if unsentCount > 0 || isClosing && transport.wantsWrite { return .send }
        if let occupant { return occupant.awaited }
        if let exchange {
            guard exchange.requestDone else { return wantsInput ? .body : .none }
            return hasHungUp && exchange.task != nil && !exchange.isCancelled ? .halfClosed : .none
        }
        return isWithinHead || !hasServed ? .head : .idle
    }

    /// Sets the deadline when something new is waited for, and sees that the wheel comes by in time.
    func arm() {
        let kind = awaited
        if kind != deadlineKind {
            deadlineKind = kind
            progress = 0
            if kind != .none {
                let patience = occupant?.patience(kind) ?? loop.service.timeout(kind)
                // Whoever came together and says too little is not cut together, and does not come again together.
                deadline = loop.now + patience + (kind == .head ? loop.chance(below: patience / 8) : 0)
            }
        }
        guard kind != .none else { return }
        // An entry that comes up no later is enough; this is the way of nearly every request.
        if wheelTick != 0, TimerWheel.wanted(for: deadline) >= wheelTick { return }
        if wheelTick == 0 || loop.wheel.tick(for: deadline) < wheelTick {
            wheelTick = loop.wheel.insert(.connection(id), deadline: deadline)
        }
    }

    /// Content went out, or came in. The deadline for it is put off only by a fair amount, so that a client cannot hold an
    /// answer, or its request, for ever by moving a byte now and then.
    func progressed(_ bytes: Int) {
        progress += bytes
        let isDone = deadlineKind == .send && unsentCount == 0
        if deadlineKind == .send || deadlineKind == .body, isDone || progress >= loop.service.minimumProgress {
            progress = 0
            deadline = loop.now + loop.service.timeout(deadlineKind)
        }
    }

    func timerFired(at tick: Int64) {
        // Entries left from an earlier deadline find that they are not the one waited for.
        guard tick == wheelTick else { return }
        wheelTick = 0
        if deadlineKind == .none { return }
        if deadline > loop.now { return arm() }
        if isPaced {
            // No entry of the wheel is wanted until its turn has come.
            wheelTick = 1
            loop.overdue.append(self)
        } else {
            expire()
        }
    }

    /// Its turn to be cut has come. Returns whether it was: something may have come of it meanwhile.
    func turnToExpire() -> Bool {
        guard !isClosed else { return false }
        wheelTick = 0
        if deadlineKind == .none { return false }
        guard deadline <= loop.now else {
            arm()
            return false
        }
        expire()
        return true
    }

    /// Whether it waits for its turn where many are cut. Output that nobody takes is let go of at once.
    private var isPaced: Bool {
        switch deadlineKind {
        case .handshake, .head, .idle, .body: true
        case .none, .send, .linger, .halfClosed, .quiet, .pong, .goodbye: false
        }
    }

    private func expire() {
        if [.handshake, .head, .body, .send, .pong, .goodbye].contains(deadlineKind) {
            loop.counters.timedOut.increment()
        }
        switch deadlineKind {
        case .none: break
        case .handshake, .idle, .linger: close()
        case .send: close(reset: true)
        case .halfClosed:
            if let exchange { cancel(exchange) }
            deadlineKind = .none
        case .quiet, .pong, .goodbye:
            let kind = deadlineKind
            deadlineKind = .none
            enter()
            if let occupant { occupant.expired(kind) } else { close(reset: true) }
            leave()
        case .head:
            guard isWithinHead else { return close() }
            enter()
            refuse(.headTimeout)
            leave()
        case .body:
            enter()
            deadlineKind = .none
            failed(.bodyTimeout)
            leave()
        }
    }
}
