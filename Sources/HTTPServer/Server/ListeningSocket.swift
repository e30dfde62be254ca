internal import CLinux
internal import Glibc

/// One loop's socket of a listener. All loops bind the same address (SO_REUSEPORT) and the kernel deals connections out.
struct ListeningSocket: Sendable {
    let descriptor: Int32
    /// The position among the loop's sockets.
    let position: Int
    /// The position in the configuration.
    let configuredPosition: Int
    let address: SocketAddress
    /// Whether TLS is spoken there.
    let isSecure: Bool

    /// Binds. The first socket of an address is bound alone, so that a port someone else listens on is refused rather than
    /// shared; it lets the others join only afterwards.
    init(
        _ wanted: SocketAddress, position: Int, backlog: Int32, isFirst: Bool, isSecure: Bool
    ) throws(ServerError) {
        let descriptor = clinux_stream_socket(wanted.isIPv6 ? AF_INET6 : AF_INET)
        guard descriptor >= 0 else { throw ServerError(call: "socket", code: errno, address: wanted.description) }
        Self.enable(descriptor, SOL_SOCKET, SO_REUSEADDR)
        if wanted.isIPv6 {
            Self.enable(descriptor, Int32(IPPROTO_IPV6), IPV6_V6ONLY, wanted.low == 0 && wanted.high == 0 ? 0 : 1)
        }
        // Accepted sockets inherit it.
        Self.enable(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY)
        // What a client does not take waits here, where it is counted, and not in megabytes of the kernel's.
        Self.enable(descriptor, Int32(IPPROTO_TCP), CLINUX_TCP_NOTSENT_LOWAT, 64 * 1024)
        if !isFirst { Self.enable(descriptor, SOL_SOCKET, SO_REUSEPORT) }
        var (storage, length) = wanted.storage
        guard clinux_bind(descriptor, &storage, length) == 0 else {
            let code = errno
            Glibc.close(descriptor)
            throw ServerError(call: "bind", code: code, address: wanted.description)
        }
        if isFirst { Self.enable(descriptor, SOL_SOCKET, SO_REUSEPORT) }
        guard listen(descriptor, backlog) == 0, clinux_local_address(descriptor, &storage) == 0,
            let bound = SocketAddress(storage)
        else {
            let code = errno
            Glibc.close(descriptor)
            throw ServerError(call: "listen", code: code, address: wanted.description)
        }
        self.descriptor = descriptor
        self.position = position
        configuredPosition = position
        address = bound
        self.isSecure = isSecure
    }

    func close() { Glibc.close(descriptor) }

    private static func enable(_ descriptor: Int32, _ level: Int32, _ option: Int32, _ value: Int32 = 1) {
        var value = value
        setsockopt(descriptor, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
    }
}

/// A listener that is open.
public struct BoundListener: Sendable, Hashable {
    /// The position in `ServerConfiguration.listeners`.
    public let index: Int
    /// The address with the port in use.
    public let address: SocketAddress
}
