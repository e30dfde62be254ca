internal import CLinux
internal import Glibc

/// One side of a conversation over a socket in the file system, line by line. It blocks: for threads that may.
public final class LocalConnection: Sendable {
    private let descriptor: Int32

    /// - Parameter timeout: how long one reading or writing may take, in seconds; without end when nil.
    init(_ descriptor: Int32, timeout: Int?) {
        self.descriptor = descriptor
        guard let timeout else { return }
        var limit = timeval(tv_sec: timeout, tv_usec: 0)
        for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
            setsockopt(descriptor, SOL_SOCKET, option, &limit, socklen_t(MemoryLayout<timeval>.size))
        }
    }

    deinit { Glibc.close(descriptor) }

    /// Connects to whoever listens at a path.
    ///
    /// - Returns: nil when nobody does.
    /// - Throws: ``ServerError`` when somebody may, but this user may not ask them.
    public static func connect(to path: String) throws(ServerError) -> LocalConnection? {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw ServerError(call: "socket", code: errno, address: path) }
        let connection = LocalConnection(descriptor, timeout: nil)
        if LocalAddress.with(path, { Glibc.connect(descriptor, $0, $1) == 0 }) { return connection }
        let code = errno
        if code == ENOENT || code == ECONNREFUSED || code == ENOTDIR { return nil }
        throw ServerError(call: "connect", code: code, address: path)
    }

    /// The bytes up to the next line feed, or up to the end where there is none.
    ///
    /// - Returns: nil when there is nothing, more than the limit, or the other side is too slow.
    public func readLine(limit: Int) -> [UInt8]? {
        var line: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while line.count <= limit {
            let count = buffer.withUnsafeMutableBytes { recv(descriptor, $0.baseAddress, $0.count, 0) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return count == 0 && !line.isEmpty ? line : nil }
            let piece = buffer[0..<count]
            if let end = piece.firstIndex(of: UInt8(ascii: "\n")) {
                line += piece[..<end]
                return line.count <= limit ? line : nil
            }
            line += piece
        }
        return nil
    }

    /// Sends bytes and a line feed. Returns whether the other side took them.
    @discardableResult
    public func writeLine(_ bytes: [UInt8]) -> Bool {
        var rest = (bytes + [UInt8(ascii: "\n")])[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }
}
