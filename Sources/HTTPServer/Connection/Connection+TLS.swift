internal import CLinux

// What a connection does beyond bytes when it is encrypted.
extension Connection {
    /// Reading failed. A client that speaks plain HTTP is told so in its own language; one that was refused in the
    /// handshake is given the time to read why.
    func readFailed() {
        guard case .tls(let session) = transport, !session.peerHasGone, !hasServed, exchange == nil else {
            return close()
        }
        switch session.state {
        case .clear: refuse(.tlsRequired)
        case .broken: isClosing = true
        case .handshaking, .open: close()
        }
    }

    /// Whether a request may be for this host: on TLS, only one that the certificate shown belongs to (RFC 9110 §7.4). A
    /// trusted proxy may use one connection for all.
    func isDirectedHere(_ head: RequestHead) -> Bool {
        guard case .tls(let session) = transport, let host = head.host, let acceptor = session.acceptor else {
            return true
        }
        if let proxies = loop.service.proxies, proxies.contains(remoteAddress) { return true }
        let bytes = head.bytes[host]
        if bytes.elementsEqual(session.serverName.utf8) { return true }
        var name = String(decoding: bytes, as: UTF8.self)
        if name.hasSuffix(".") { name.removeLast() }
        if name.hasPrefix("[") { name = String(name.dropFirst().dropLast()) }
        return name == session.serverName || acceptor.certificates.choice(for: name)?.owner == session.owner
    }

    /// Goes on with bytes that are decrypted, or in OpenSSL's buffer, and of which the poller knows nothing.
    func readOn() {
        isUnread = false
        guard !isClosed else { return }
        enter()
        if isLingering {
            discard()
        } else if wantsInput {
            readOnce()
        }
        leave()
    }
}
