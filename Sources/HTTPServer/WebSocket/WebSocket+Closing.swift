// The closing handshake (RFC 6455 §7).
extension WebSocket {
    /// Says good-bye; the connection ends when the peer has answered, or after `closeTimeout`.
    func startClosing(_ code: CloseCode, _ reason: String) {
        guard phase == .open, connection != nil else { return }
        goodbye = .byServer(code, reason: reason)
        phase = .closing
        write(WebSocketFrame.close(code, reason).bytes)
        connection?.attend()
        wake()
    }

    /// The server ends.
    func drain() { startClosing(.goingAway, "") }

    /// The peer's good-bye: its code goes back, unless it is the answer to ours.
    func peerCloses(_ code: CloseCode?, _ reason: String) {
        if phase == .open { write(WebSocketFrame.close(code).bytes) }
        end(goodbye ?? .byPeer(code, reason: reason))
    }

    /// The peer broke the protocol: it is told, and no answer is waited for (§7.1.7).
    func fail(_ fault: WebSocketFault) {
        if phase == .open {
            loop.counters.refused.increment()
            write(WebSocketFrame.close(fault.closeCode, fault.rawValue).bytes)
        }
        end(goodbye ?? .byServer(fault.closeCode, reason: fault.rawValue))
    }

    private func end(_ ending: PushEnding) {
        guard self.ending == nil else { return }
        self.ending = ending
        phase = .ended
        connection?.finish()
        wake()
        tellEnding()
    }

    func connectionClosed() {
        connection = nil
        loop.counters.webSockets.decrement()
        task?.cancel()
        end(goodbye ?? .disconnected)
        // Nothing more is read, so what had begun is not needed.
        decoder = WebSocketDecoder(messageBytes: 0, fragmentCount: 1)
    }
}
