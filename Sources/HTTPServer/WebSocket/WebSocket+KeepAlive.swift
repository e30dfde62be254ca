// Signs of life (RFC 6455 §5.5.2).
extension WebSocket {
    /// A client whose message is not being worked on must give a sign of life now and then.
    var awaited: Connection.DeadlineKind {
        if phase != .open { return .goodbye }
        if isBusy { return .none }
        return isAsked ? .pong : .quiet
    }

    func patience(_ kind: Connection.DeadlineKind) -> Int64? {
        switch kind {
        case .quiet: options.pingInterval.milliseconds
        case .pong: options.pongTimeout.milliseconds
        case .goodbye: options.closeTimeout.milliseconds
        default: nil
        }
    }

    func expired(_ kind: Connection.DeadlineKind) {
        if kind == .quiet {
            isAsked = true
            write(WebSocketFrame.ping.bytes)
        } else if let connection {
            // Who owes only an answer may still be reading what the kernel holds for it.
            connection.close(reset: kind == .pong || connection.unsentCount > 0)
        }
    }
}
