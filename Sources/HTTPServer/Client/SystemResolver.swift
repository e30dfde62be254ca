internal import CLinux
internal import Glibc

/// The system's own look-up of names.
public enum SystemResolver {
    /// Why a name has no address.
    public struct Failure: Error, Sendable, CustomStringConvertible {
        /// In the system's words.
        public let description: String
    }

    /// Every address of a host name, at most 16. Blocks, for as long as the system's configuration allows: never call it on
    /// an event loop.
    public static func addresses(of host: String) throws(Failure) -> [SocketAddress] {
        var hints = addrinfo()
        hints.ai_family = AF_UNSPEC
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        let code = getaddrinfo(host, nil, &hints, &list)
        guard code == 0 else { throw Failure(description: String(cString: gai_strerror(code))) }
        defer { freeaddrinfo(list) }
        var found: [SocketAddress] = []
        var next = list
        while let entry = next, found.count < 16 {
            next = entry.pointee.ai_next
            guard let address = entry.pointee.ai_addr,
                Int(entry.pointee.ai_addrlen) <= MemoryLayout<sockaddr_storage>.size
            else { continue }
            var storage = sockaddr_storage()
            withUnsafeMutableBytes(of: &storage) {
                $0.copyMemory(from: UnsafeRawBufferPointer(start: address, count: Int(entry.pointee.ai_addrlen)))
            }
            if let address = SocketAddress(storage) { found.append(address) }
        }
        return found
    }
}
