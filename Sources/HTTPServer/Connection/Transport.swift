internal import CLinux
internal import Glibc

/// The byte pipe under a connection. Encryption is a second case of this enum: nothing above it knows the difference.
enum Transport {
    case plain(Int32)

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
        }
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
        }
    }

    /// Tells the peer that nothing more comes.
    func finishWriting() {
        switch self {
        case .plain(let descriptor): shutdown(descriptor, Int32(SHUT_WR))
        }
    }

    /// Closes; with `reset`, what the kernel still holds for the peer is thrown away at once.
    func close(reset: Bool) {
        switch self {
        case .plain(let descriptor):
            if reset {
                var linger = linger(l_onoff: 1, l_linger: 0)
                setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<Glibc.linger>.size))
            }
            Glibc.close(descriptor)
        }
    }
}
