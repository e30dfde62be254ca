import Glibc
import Synchronization

/// Ports that nothing listens on and that no other test has been given.
enum FreePort {
    private static let given = Mutex<Set<UInt16>>([])

    static func take() throws -> UInt16 {
        for _ in 0..<100 {
            let port = try unused()
            if given.withLock({ $0.insert(port).inserted }) { return port }
        }
        throw Failure("no free port was found")
    }

    private static func unused() throws -> UInt16 {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard socket >= 0 else { throw Failure("no socket: \(errno)") }
        defer { close(socket) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let code = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(socket, pointer, length) == 0 ? getsockname(socket, pointer, &length) : -1
            }
        }
        guard code == 0 else { throw Failure("no free port: \(errno)") }
        return UInt16(bigEndian: address.sin_port)
    }
}
