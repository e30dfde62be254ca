internal import CLinux
internal import Glibc
internal import Synchronization

/// A socket in the file system, on which a running program hears commands of its own user (unix(7)). The file can be used
/// by this user alone.
public final class LocalListener: Sendable {
    private let path: String
    private let descriptor: Int32
    private let isClosed = Atomic<Bool>(false)

    /// Listens at a path. A socket that lies there already is what a program that ended badly has left, and is replaced:
    /// the caller knows that no other runs.
    ///
    /// - Throws: ``ServerError`` when the system refuses.
    public init(path: String) throws(ServerError) {
        self.path = path
        descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw ServerError(call: "socket", code: errno, address: path) }
        unlink(path)
        let bound = LocalAddress.with(path) { address, length in
            // The mode that the file will have: it is not open to others even for a moment.
            fchmod(descriptor, 0o600) == 0 && bind(descriptor, address, length) == 0
        }
        guard bound, chmod(path, 0o600) == 0, listen(descriptor, 16) == 0 else {
            let code = errno
            Glibc.close(descriptor)
            throw ServerError(call: "bind", code: code, address: path)
        }
    }

    deinit { Glibc.close(descriptor) }

    /// Waits for somebody to connect; for a thread that may block.
    ///
    /// - Returns: nil once the listener is closed.
    public func accept() -> LocalConnection? {
        while !isClosed.load(ordering: .acquiring) {
            let accepted = Glibc.accept(descriptor, nil, nil)
            if accepted >= 0 {
                _ = fcntl(accepted, F_SETFD, FD_CLOEXEC)
                return LocalConnection(accepted, timeout: 5)
            }
            // Out of descriptors for a moment: asked for again a little later instead of in a tight circle.
            if errno != EINTR, errno != ECONNABORTED, !isClosed.load(ordering: .acquiring) { usleep(50_000) }
        }
        return nil
    }

    /// Hears nobody any more, and takes the file away.
    public func close() {
        guard !isClosed.exchange(true, ordering: .acquiringAndReleasing) else { return }
        // Wakes whoever waits in accept.
        shutdown(descriptor, Int32(SHUT_RDWR))
        unlink(path)
    }
}
