internal import CLinux
internal import COpenSSL
internal import Glibc

/// How OpenSSL reaches a session's socket. Its own would raise SIGPIPE, and could not tell a client that speaks no TLS.
enum SocketBIO {
    // Made once and never changed.
    nonisolated(unsafe) private static let method: OpaquePointer? = {
        let method = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "portico socket")
        BIO_meth_set_read(method) { bio, bytes, count in read(bio, bytes, count) }
        BIO_meth_set_write(method) { bio, bytes, count in write(bio, bytes, count) }
        BIO_meth_set_ctrl(method) { _, command, _, _ in command == BIO_CTRL_FLUSH ? 1 : 0 }
        return method
    }()

    /// Gives a connection its socket. The session, which owns the connection, must outlive it.
    static func attach(_ connection: OpaquePointer, to session: TLSSession) -> Bool {
        guard let bio = BIO_new(method) else { return false }
        BIO_set_data(bio, Unmanaged.passUnretained(session).toOpaque())
        BIO_set_init(bio, 1)
        // One for reading and writing: the connection takes a single reference then, and frees it.
        SSL_set_bio(connection, bio, bio)
        return true
    }

    private static func read(_ bio: OpaquePointer?, _ bytes: UnsafeMutablePointer<CChar>?, _ count: Int32) -> Int32 {
        guard let bio, let session = session(of: bio), count > 0 else { return -1 }
        BIO_clear_flags(bio, BIO_FLAGS_READ | BIO_FLAGS_WRITE | BIO_FLAGS_IO_SPECIAL | BIO_FLAGS_SHOULD_RETRY)
        while true {
            let received = recv(session.descriptor, bytes, Int(count), 0)
            if received > 0, let bytes {
                return session.hasReceived(UInt8(bitPattern: bytes[0])) ? Int32(received) : -1
            }
            if received == 0 {
                session.peerHasGone = true
                return 0
            }
            if errno == EINTR { continue }
            if errno == EAGAIN {
                BIO_set_flags(bio, BIO_FLAGS_READ | BIO_FLAGS_SHOULD_RETRY)
            } else {
                session.peerHasGone = true
            }
            return -1
        }
    }

    private static func write(_ bio: OpaquePointer?, _ bytes: UnsafePointer<CChar>?, _ count: Int32) -> Int32 {
        guard let bio, let session = session(of: bio) else { return -1 }
        BIO_clear_flags(bio, BIO_FLAGS_READ | BIO_FLAGS_WRITE | BIO_FLAGS_IO_SPECIAL | BIO_FLAGS_SHOULD_RETRY)
        while true {
            let sent = clinux_send(session.descriptor, bytes, Int(count))
            if sent >= 0 { return Int32(sent) }
            if errno == EINTR { continue }
            if errno == EAGAIN {
                BIO_set_flags(bio, BIO_FLAGS_WRITE | BIO_FLAGS_SHOULD_RETRY)
            } else {
                session.peerHasGone = true
            }
            return -1
        }
    }

    private static func session(of bio: OpaquePointer) -> TLSSession? {
        BIO_get_data(bio).map { Unmanaged<TLSSession>.fromOpaque($0).takeUnretainedValue() }
    }
}
