internal import CLinux
internal import Glibc

/// An IPv4 or IPv6 address with a port. An IPv4 address mapped into IPv6 counts as IPv4.
public struct SocketAddress: Sendable, Hashable {
    /// The first eight bytes of an IPv6 address, in network order as a number; 0 for IPv4.
    let high: UInt64
    /// The last eight bytes of an IPv6 address, or the four of an IPv4 one.
    let low: UInt64
    /// The port, 0 to 65,535.
    public let port: UInt16
    /// Whether this is an IPv6 address.
    public let isIPv6: Bool

    init(high: UInt64, low: UInt64, port: UInt16, isIPv6: Bool) {
        self.high = high
        self.low = low
        self.port = port
        self.isIPv6 = isIPv6
    }

    /// The address in network order: 4 or 16 bytes.
    public var bytes: [UInt8] {
        let words = isIPv6 ? [high, low] : [low]
        let all = words.flatMap { word in
            stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: word >> $0) }
        }
        return isIPv6 ? all : Array(all.suffix(4))
    }

    /// What limits count by: the IPv4 address, or the upper half of an IPv6 one, since one customer commonly has all
    /// addresses below it.
    public var network: UInt64 { isIPv6 ? high : low }
}

extension SocketAddress {
    /// The address in a kernel structure; `nil` for another family.
    init?(_ storage: sockaddr_storage) {
        var storage = storage
        switch Int32(storage.ss_family) {
        case AF_INET:
            let address = withUnsafeBytes(of: &storage) { $0.load(as: sockaddr_in.self) }
            self.init(
                high: 0, low: UInt64(UInt32(bigEndian: address.sin_addr.s_addr)),
                port: UInt16(bigEndian: address.sin_port), isIPv6: false)
        case AF_INET6:
            let address = withUnsafeBytes(of: &storage) { $0.load(as: sockaddr_in6.self) }
            self.init(address.sin6_addr, port: UInt16(bigEndian: address.sin6_port))
        default: return nil
        }
    }

    /// The address written as `127.0.0.1`, `::1` or `localhost`; `nil` when it is none of these.
    public init?(host: String, port: UInt16) {
        var four = in_addr()
        var six = in6_addr()
        if inet_pton(AF_INET, host == "localhost" ? "127.0.0.1" : host, &four) == 1 {
            self.init(high: 0, low: UInt64(UInt32(bigEndian: four.s_addr)), port: port, isIPv6: false)
        } else if inet_pton(AF_INET6, host, &six) == 1 {
            self.init(six, port: port)
        } else {
            return nil
        }
    }

    private init(_ six: in6_addr, port: UInt16) {
        let (high, low) = withUnsafeBytes(of: six) {
            (
                $0.loadUnaligned(as: UInt64.self).bigEndian,
                $0.loadUnaligned(fromByteOffset: 8, as: UInt64.self).bigEndian
            )
        }
        let isMapped = high == 0 && low >> 32 == 0xffff
        self.init(high: high, low: isMapped ? low & 0xffff_ffff : low, port: port, isIPv6: !isMapped)
    }

    /// The kernel structure and its length.
    var storage: (sockaddr_storage, socklen_t) {
        var storage = sockaddr_storage()
        if isIPv6 {
            var address = sockaddr_in6()
            address.sin6_family = sa_family_t(AF_INET6)
            address.sin6_port = port.bigEndian
            withUnsafeMutableBytes(of: &address.sin6_addr) {
                $0.storeBytes(of: high.bigEndian, as: UInt64.self)
                $0.storeBytes(of: low.bigEndian, toByteOffset: 8, as: UInt64.self)
            }
            withUnsafeMutableBytes(of: &storage) { $0.storeBytes(of: address, as: sockaddr_in6.self) }
            return (storage, socklen_t(MemoryLayout<sockaddr_in6>.size))
        }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(truncatingIfNeeded: low).bigEndian
        withUnsafeMutableBytes(of: &storage) { $0.storeBytes(of: address, as: sockaddr_in.self) }
        return (storage, socklen_t(MemoryLayout<sockaddr_in>.size))
    }
}

extension SocketAddress: CustomStringConvertible {
    /// The address without its port: `127.0.0.1`, or `2001:db8::1` in the form of RFC 5952.
    public var host: String {
        if !isIPv6 { return bytes.map { String($0) }.joined(separator: ".") }
        var address = in6_addr()
        withUnsafeMutableBytes(of: &address) {
            $0.storeBytes(of: high.bigEndian, as: UInt64.self)
            $0.storeBytes(of: low.bigEndian, toByteOffset: 8, as: UInt64.self)
        }
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(INET6_ADDRSTRLEN)) { text in
            guard let start = text.baseAddress, let end = inet_ntop(AF_INET6, &address, start, socklen_t(text.count))
            else { return "" }
            return String(cString: end)
        }
    }

    /// `127.0.0.1:8080` or `[::1]:8080`.
    public var description: String { isIPv6 ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
