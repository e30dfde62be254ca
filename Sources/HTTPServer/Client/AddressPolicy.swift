/// To which addresses a request may go, judged when it connects: whatever a name stood for before does not count, so a name
/// that changes its address (DNS rebinding) gains nothing.
public struct AddressPolicy: Sendable, Hashable {
    private enum Base: Sendable, Hashable { case anything, publicAddresses, nothing }
    private let base: Base
    private let listed: [AddressBlock]

    /// Every address. For targets that the operator chose.
    public static let anything = AddressPolicy(base: .anything, listed: [])
    /// Addresses of the public Internet only. For targets that tenants or people choose.
    public static let publicOnly = AddressPolicy(base: .publicAddresses, listed: [])

    /// These ranges and nothing else.
    public static func listed(_ ranges: [AddressBlock]) -> AddressPolicy {
        AddressPolicy(base: .nothing, listed: ranges)
    }

    /// The public Internet, and these ranges besides.
    public static func publicAnd(_ ranges: [AddressBlock]) -> AddressPolicy {
        AddressPolicy(base: .publicAddresses, listed: ranges)
    }

    /// Whether a connection to the address may be made. IPv4 written as IPv6 (`::ffff:192.0.2.1`) counts as IPv4.
    public func allows(_ address: SocketAddress) -> Bool {
        if listed.contains(where: { $0.contains(address) }) { return true }
        switch base {
        case .anything: return true
        case .nothing: return false
        case .publicAddresses: return Self.isPublic(address)
        }
    }

    /// Whether the registries of special addresses (RFC 6890) leave the address to the public Internet.
    static func isPublic(_ address: SocketAddress) -> Bool {
        if !address.isIPv6 { return !special4.contains { $0.contains(address) } }
        if let four = translated(address) { return isPublic(four) }
        return unicast6.contains { $0.contains(address) } && !special6.contains { $0.contains(address) }
    }

    /// The IPv4 address that a network's translator makes of it (`64:ff9b::/96`, RFC 6052).
    private static func translated(_ address: SocketAddress) -> SocketAddress? {
        guard address.high == 0x0064_ff9b_0000_0000, address.low >> 32 == 0 else { return nil }
        return SocketAddress(high: 0, low: address.low, port: address.port, isIPv6: false)
    }

    private static let special4 = ranges([
        "0.0.0.0/8",  // this network (RFC 791)
        "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16",  // private (RFC 1918)
        "100.64.0.0/10",  // carriers' (RFC 6598)
        "127.0.0.0/8",  // loopback
        "169.254.0.0/16",  // link-local, clouds' metadata among them (RFC 3927)
        "192.0.0.0/24",  // protocol assignments (RFC 6890)
        "192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24",  // documentation (RFC 5737)
        "192.88.99.0/24",  // relays of 6to4 (RFC 7526)
        "198.18.0.0/15",  // benchmarks (RFC 2544)
        "224.0.0.0/4",  // multicast
        "240.0.0.0/4",  // reserved, and broadcast
    ])

    /// All global addresses lie here; everything else is special or not assigned: `::`, `::1`, IPv4-compatible, `64:ff9b:1::/48`,
    /// `100::/64`, `fc00::/7`, `fe80::/10`, `fec0::/10`, `ff00::/8`, `5f00::/16`.
    private static let unicast6 = ranges(["2000::/3"])

    private static let special6 = ranges([
        "2001::/23",  // protocol assignments: Teredo, benchmarks, ORCHID (RFC 2928)
        "2001:db8::/32", "3fff::/20",  // documentation (RFC 3849, RFC 9637)
        "2002::/16",  // 6to4, which leads to any IPv4 address (RFC 3056)
    ])

    private static func ranges(_ texts: [String]) -> [AddressBlock] { texts.compactMap { AddressBlock($0) } }
}
