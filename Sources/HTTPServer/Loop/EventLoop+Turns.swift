internal import CLinux
internal import Glibc

// What may be much is done in turns, a bounded part of it each round.
extension EventLoop {
    /// Writers of streamed answers that go on in one round, new ones among them.
    static let writersPerRound = 4
    /// Sockets that take bytes again, and get some, in one round.
    static let writablePerRound = 8
    /// Connections with output of small pieces, sent in one round.
    static let flushesPerRound = 128
    /// Connections whose bytes are decrypted already, read in one round.
    static let readsPerRound = 16

    /// Connections that have time, heard in one round.
    static let slowPerRound = 8

    /// Whether something waits for its turn, so that the loop must not sleep.
    var hasTurns: Bool { !turns.isEmpty || !unread.isEmpty || !dirty.isEmpty }

    /// Takes one of the turns that writers have in this round, if one is left.
    func takeTurn() -> Bool {
        guard turnsLeft > 0 else { return false }
        turnsLeft -= 1
        return true
    }

    /// Sends to sockets that take bytes again: to one only while others wait to be heard.
    func serveWritable(_ events: UnsafeMutablePointer<epoll_event>, isCrowded: Bool) {
        let ready = epoll_wait(poller.writable, events, Int32(isCrowded ? 1 : Self.writablePerRound), 0)
        for index in 0..<max(Int(ready), 0) {
            let id = ConnectionID(token: clinux_event_token(events + index))
            connections[id]?.handle(clinux_event_flags(events + index))
        }
    }

    /// Goes on reading, writing and sending. While others wait to be heard only one writer goes on.
    func serveTurns(isCrowded: Bool) {
        for connection in unread.take(Self.readsPerRound) { connection.readOn() }
        while turnsLeft > 0, let connection = turns.take(1).first {
            if connection.goOn() { turnsLeft -= 1 }
        }
        turnsLeft = isCrowded ? 1 : Self.writersPerRound
        for connection in dirty.take(Self.flushesPerRound) { connection.flushStream() }
    }
}
