/// The owner of a socket to somebody else, as its loop sees it.
protocol OutboundSocket: AnyObject {
    /// What the poller reported.
    func handle(_ flags: UInt32)
}

extension EventLoop {
    /// Tokens from here on are those of outbound sockets. The highest is the poller's own, and is never reached.
    static let firstOutboundToken: UInt64 = 1 << 63

    /// Has the poller watch a socket, and keeps its owner until `forget`. Returns the token; `nil` when the system refuses.
    func watch(_ descriptor: Int32, _ events: UInt32, _ owner: any OutboundSocket) -> UInt64? {
        lastOutboundToken += 1
        guard poller.add(descriptor, events, token: lastOutboundToken) else { return nil }
        outbound[lastOutboundToken] = owner
        return lastOutboundToken
    }

    /// Lets the owner of a socket go; the poller forgets the socket when it is closed.
    func forget(_ token: UInt64) { outbound[token] = nil }
}
