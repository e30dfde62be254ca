internal import CLinux
internal import COpenSSL
internal import Glibc

/// One TLS connection over a non-blocking socket, on the loop that owns the socket. OpenSSL never waits: what it cannot
/// read or write now is tried again when the poller says so.
final class TLSSession {
    /// Which end this is.
    enum Role {
        case server(TLSAcceptor)
        /// `isHTTP`: whether HTTP is what is spoken inside (ALPN, RFC 7301).
        case client(TLSTrust, host: String, isHTTP: Bool)
    }

    enum State {
        case handshaking
        case open
        /// The peer spoke HTTP without TLS from its first byte; it is answered likewise.
        case clear
        /// Nothing more can be said.
        case broken
    }

    let descriptor: Int32
    let role: Role
    var ssl: OpaquePointer?
    var state = State.handshaking
    /// Reading, or the farewell, waits until something can be sent.
    var wantsWrite = false
    /// Reading stopped because the buffer was full: there is more that the poller does not know of.
    var hasBuffered = false
    /// What the next read says, found after the bytes of the last one.
    private var next: Transport.Outcome?
    /// A record is half sent: it is to be continued before anything else.
    private var hasHalfWritten = false
    private var hasSaidFarewell = false

    /// The name the client asked for, or the address it came to; empty until then.
    var serverName = ""
    /// Whose certificate it was shown.
    var owner = ""
    /// The connection has ended or broken below TLS.
    var peerHasGone = false
    private var hasFirstByte = false
    /// What went wrong, in OpenSSL's words.
    var reason: String?

    init(_ descriptor: Int32, _ role: Role) {
        self.descriptor = descriptor
        self.role = role
    }

    deinit { SSL_free(ssl) }

    /// The session of one of OpenSSL's connections.
    static func of(_ connection: OpaquePointer?) -> TLSSession? {
        connection.flatMap { SSL_get_ex_data($0, 0) }.map { Unmanaged<TLSSession>.fromOpaque($0).takeUnretainedValue() }
    }

    var acceptor: TLSAcceptor? {
        if case .server(let acceptor) = role { acceptor } else { nil }
    }

    /// The address that the client came to.
    var localHost: String {
        var storage = sockaddr_storage()
        guard clinux_local_address(descriptor, &storage) == 0 else { return "" }
        return SocketAddress(storage)?.host ?? ""
    }

    /// Looks at the first byte: no record of TLS begins with a letter, every request does. Returns whether to go on.
    func hasReceived(_ byte: UInt8) -> Bool {
        if hasFirstByte { return true }
        hasFirstByte = true
        guard case .server = role, UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte else { return true }
        state = .clear
        return false
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) -> Transport.Outcome {
        switch state {
        case .handshaking: if let outcome = handshake() { return outcome }
        case .open: break
        case .clear, .broken: return Transport.plain(descriptor).read(into: buffer)
        }
        if let outcome = next { return outcome }
        hasBuffered = false
        wantsWrite = false
        var count = 0
        while count < buffer.count, let ssl, let start = buffer.baseAddress {
            ERR_clear_error()
            let code = SSL_read(ssl, start + count, Int32(clamping: buffer.count - count))
            if code > 0 {
                count += Int(code)
                // A short record with nothing behind it is most often all there is; the poller knows of the rest.
                if code < 8192, SSL_has_pending(ssl) == 0 { return .bytes(count) }
                continue
            }
            let outcome = failed(code)
            if case .blocked = outcome { return count > 0 ? .bytes(count) : .blocked }
            guard count > 0 else { return outcome }
            next = outcome
            break
        }
        hasBuffered = next != nil || ssl.map { SSL_has_pending($0) } == 1
        return .bytes(count)
    }

    func write(_ bytes: UnsafeRawBufferPointer) -> Transport.Outcome {
        switch state {
        case .handshaking: if let outcome = handshake() { return outcome }
        case .open: break
        case .clear: return Transport.plain(descriptor).write(bytes)
        case .broken: return .failed
        }
        guard let ssl, let start = bytes.baseAddress else { return .bytes(0) }
        var count = 0
        while count < bytes.count {
            ERR_clear_error()
            let code = SSL_write(ssl, start + count, Int32(clamping: bytes.count - count))
            if code > 0 {
                hasHalfWritten = false
                count += Int(code)
                continue
            }
            guard SSL_get_error(ssl, code) == SSL_ERROR_WANT_WRITE else { return failed(code) }
            hasHalfWritten = true
            return count > 0 ? .bytes(count) : .blocked
        }
        return .bytes(count)
    }

    /// Small parts go out in one record, up to what a record holds. What is repeated after a wait begins with the same
    /// bytes and is no shorter, as OpenSSL demands: parts only grow at the end.
    func write(_ parts: UnsafeMutableBufferPointer<iovec>) -> Transport.Outcome {
        guard let first = parts.first else { return .bytes(0) }
        if parts.count == 1 || first.iov_len >= 4096 {
            return write(UnsafeRawBufferPointer(start: first.iov_base, count: first.iov_len))
        }
        return withUnsafeTemporaryAllocation(byteCount: 16_384, alignment: 16) { record in
            var count = 0
            for part in parts {
                let taken = min(part.iov_len, record.count - count)
                guard taken > 0 else { break }
                record[count...].copyBytes(from: UnsafeRawBufferPointer(start: part.iov_base, count: taken))
                count += taken
            }
            return write(UnsafeRawBufferPointer(rebasing: record[..<count]))
        }
    }

    /// Says that nothing more comes (close_notify, RFC 8446 §6.1). Returns `false` when that must wait for the poller.
    func finishWriting() -> Bool {
        guard sayFarewell() else {
            wantsWrite = true
            return false
        }
        wantsWrite = false
        shutdown(descriptor, Int32(SHUT_WR))
        return true
    }

    /// Forgets everything; the socket stays. `isComplete`: nothing is missing of what the peer was to get, so that the
    /// connection may be ended as such, and not look cut off.
    func end(isComplete: Bool) {
        if isComplete, !peerHasGone { _ = sayFarewell() }
        SSL_free(ssl)
        ssl = nil
        state = .broken
    }

    private func sayFarewell() -> Bool {
        guard let ssl, state == .open, !hasSaidFarewell, !hasHalfWritten else { return true }
        ERR_clear_error()
        let code = SSL_shutdown(ssl)
        if code < 0, SSL_get_error(ssl, code) == SSL_ERROR_WANT_WRITE { return false }
        ERR_clear_error()
        hasSaidFarewell = true
        return true
    }

    /// What a failed call means for the connection.
    private func failed(_ code: Int32) -> Transport.Outcome {
        switch SSL_get_error(ssl, code) {
        case SSL_ERROR_WANT_READ: return .blocked
        case SSL_ERROR_WANT_WRITE:
            wantsWrite = true
            return .blocked
        case SSL_ERROR_ZERO_RETURN: return .ended
        default:
            // An end without close_notify among them: what came may have been cut off.
            reason = OpenSSLReason.take()
            state = .broken
            return .failed
        }
    }
}
