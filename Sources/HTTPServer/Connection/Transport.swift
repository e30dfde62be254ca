internal import CLinux
internal import Glibc

/// The byte pipe under a connection: nothing above it knows the difference.
enum Transport {
    case plain(Int32)
    case tls(TLSSession)

    enum Outcome {
        /// So many bytes went through.
        case bytes(Int)
        /// Nothing now; the poller will tell.
        case blocked
        /// The peer has finished sending.
        case ended
        /// The connection is broken.
        case failed
    }

    var descriptor: Int32 {
        switch self {
        case .plain(let descriptor): descriptor
        case .tls(let session): session.descriptor
        }
    }

    var isSecure: Bool {
        if case .tls = self { true } else { false }
    }

    /// Whether the two ends have not agreed on keys yet.
    var isHandshaking: Bool {
        if case .tls(let session) = self { session.state == .handshaking } else { false }
    }

    /// Whether something below the requests and answers waits to be sent.
    var wantsWrite: Bool {
        if case .tls(let session) = self { session.wantsWrite } else { false }
    }

    /// Whether there is something to read that the poller does not know of.
    var hasBuffered: Bool {
        if case .tls(let session) = self { session.hasBuffered } else { false }
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) -> Outcome {
        switch self {
        case .plain(let descriptor):
            while true {
                let count = recv(descriptor, buffer.baseAddress, buffer.count, 0)
                if count > 0 { return .bytes(count) }
                if count == 0 { return .ended }
                if errno == EINTR { continue }
                return errno == EAGAIN ? .blocked : .failed
            }
        case .tls(let session): return session.read(into: buffer)
        }
    }

    func write(_ bytes: UnsafeRawBufferPointer) -> Outcome {
        switch self {
        case .plain(let descriptor):
            while true {
                let count = clinux_send(descriptor, bytes.baseAddress, bytes.count)
                if count >= 0 { return .bytes(count) }
                if errno == EINTR { continue }
                return errno == EAGAIN ? .blocked : .failed
            }
        case .tls(let session): return session.write(bytes)
        }
    }

    func write(_ parts: UnsafeMutableBufferPointer<iovec>) -> Outcome {
        switch self {
        case .plain(let descriptor):
            while true {
                let count = clinux_send_parts(descriptor, parts.baseAddress, Int32(parts.count))
                if count >= 0 { return .bytes(count) }
                if errno == EINTR { continue }
                return errno == EAGAIN ? .blocked : .failed
            }
        case .tls(let session): return session.write(parts)
        }
    }

    /// Tells the peer that nothing more comes. Returns `false` when that has to be tried again, once the poller says so.
    func finishWriting() -> Bool {
        switch self {
        case .plain(let descriptor):
            shutdown(descriptor, Int32(SHUT_WR))
            return true
        case .tls(let session): return session.finishWriting()
        }
    }

    /// Closes; with `reset`, what the kernel still holds for the peer is thrown away at once. `isComplete`: nothing that
    /// the peer was to get is missing, so encryption may say that this is the end.
    func close(reset: Bool, isComplete: Bool) {
        if case .tls(let session) = self { session.end(isComplete: isComplete && !reset) }
        if reset {
            var linger = linger(l_onoff: 1, l_linger: 0)
            setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<Glibc.linger>.size))
        }
        Glibc.close(descriptor)
    }
}
