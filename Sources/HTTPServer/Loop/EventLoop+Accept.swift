internal import CLinux
internal import Glibc
internal import Synchronization

extension EventLoop {
    /// Accepts what waits on a listener, so many at a time that connections get their turn.
    func accept(on index: Int, atMost limit: Int = 4) {
        guard index < listeners.count else { return }
        for _ in 0..<limit where !acceptOne(listeners[index]) { return }
    }

    private func acceptOne(_ listener: ListeningSocket) -> Bool {
        var peer = sockaddr_storage()
        let descriptor = clinux_accept(listener.descriptor, &peer)
        if descriptor >= 0 {
            admit(descriptor, peer, listener)
            return true
        }
        switch errno {
        case EINTR, ECONNABORTED, EPROTO, ENETDOWN, ENOPROTOOPT, EHOSTDOWN, EHOSTUNREACH, EOPNOTSUPP, ENETUNREACH:
            return true
        case EMFILE, ENFILE, ENOBUFS, ENOMEM: return turnAway(listener)
        default: return false
        }
    }

    private func admit(_ descriptor: Int32, _ peer: sockaddr_storage, _ listener: ListeningSocket) {
        counters.accepted.increment()
        guard let address = SocketAddress(peer), service.ledger.enter(address) else {
            counters.turnedAway.increment()
            close(descriptor)
            return
        }
        let id = connections.reserve()
        guard poller.add(descriptor, CLINUX_EPOLLIN | CLINUX_EPOLLRDHUP, token: id.token) else {
            connections.release(id)
            service.ledger.leave(address)
            close(descriptor)
            return
        }
        var transport = Transport.plain(descriptor)
        if listener.isSecure, let acceptor = service.acceptor {
            transport = .tls(TLSSession(descriptor, .server(acceptor)))
        }
        let connection = Connection(
            id: id, loop: self, transport: transport, remoteAddress: address, listener: listener)
        connections.insert(connection)
        counters.open.increment()
        connection.settle()
    }

    /// Out of descriptors: the reserved one is spent to accept and close the client that waits, so that it learns it at
    /// once and the listener does not spin. When even that fails the listener rests for 100 ms.
    private func turnAway(_ listener: ListeningSocket) -> Bool {
        counters.turnedAway.increment()
        if reserveDescriptor >= 0 {
            close(reserveDescriptor)
            var peer = sockaddr_storage()
            let descriptor = clinux_accept(listener.descriptor, &peer)
            if descriptor >= 0 { close(descriptor) }
            reserveDescriptor = open("/dev/null", O_RDONLY | O_CLOEXEC)
            if descriptor >= 0, reserveDescriptor >= 0 { return true }
        } else {
            reserveDescriptor = open("/dev/null", O_RDONLY | O_CLOEXEC)
        }
        let token = UInt64(listener.position)
        poller.modify(listener.descriptor, 0, token: token)
        _ = schedule(after: .milliseconds(100)) { [self] in
            if !isDraining { poller.modify(listener.descriptor, CLINUX_EPOLLIN, token: token) }
        }
        return false
    }
}
