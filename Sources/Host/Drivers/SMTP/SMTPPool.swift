import HTTPServer

/// A few conversations with one mail server, used one message after another.
actor SMTPPool {
    /// At a time.
    private let limit: Int
    private var idle: [(session: SMTPSession, uses: Int)] = []
    private var busy = 0
    private var waiting: [CheckedContinuation<Void, Never>] = []

    /// Messages that wait for a conversation.
    private static let waitingLimit = 256
    /// Messages of one conversation; many servers count.
    private static let usesLimit = 50

    init(limit: Int = 4) { self.limit = limit }

    deinit {
        for (session, _) in idle { session.close() }
    }

    /// A place, in the order of asking, and with it a conversation if there is one.
    func take(by deadline: Deadline) async throws(SMTPFault) -> (session: SMTPSession, uses: Int)? {
        if busy < limit {
            busy += 1
        } else {
            guard waiting.count < Self.waitingLimit else { throw .overloaded }
            // Whoever lets a place go hands it over.
            await withCheckedContinuation { waiting.append($0) }
        }
        guard !deadline.isPast, !Task.isCancelled else {
            free()
            throw .late
        }
        while let kept = idle.popLast() {
            if kept.session.connection.isUsable { return kept }
            kept.session.close()
        }
        return nil
    }

    /// Gives a place back, and with it a conversation that may go on.
    func give(back session: SMTPSession?, uses: Int, idleTime: Duration) {
        if let session {
            if uses < Self.usesLimit, session.connection.isUsable {
                session.connection.park(for: idleTime)
                idle.append((session, uses))
            } else {
                session.close()
            }
        }
        free()
    }

    private func free() {
        if waiting.isEmpty { busy -= 1 } else { waiting.removeFirst().resume() }
    }
}
