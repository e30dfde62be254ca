/// A block of addresses: one, or all with the same prefix (CIDR: RFC 4632 §3.1, RFC 4291 §2.3).
public struct AddressBlock: Sendable, Hashable {
    private let high: UInt64
    private let low: UInt64
    private let isIPv6: Bool
    /// The bits that count, of 32 or 128.
    private let prefix: Int

    /// `192.0.2.1`, `192.0.2.0/24`, `2001:db8::1` or `2001:db8::/32`; `nil` when it is none of these, or has bits set
    /// past its prefix, which would be a block other than the one that was meant.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = parts.first, first != "localhost", let address = SocketAddress(host: String(first), port: 0)
        else { return nil }
        let bits = address.isIPv6 ? 128 : 32
        var prefix = bits
        if parts.count == 2 {
            guard parts[1].utf8.count <= 3, parts[1].utf8.allSatisfy(ByteClass.isDigit), let given = Int(parts[1]),
                given <= bits
            else { return nil }
            prefix = given
        }
        let masks = Self.masks(prefix, isIPv6: address.isIPv6)
        guard address.high & ~masks.high == 0, address.low & ~masks.low == 0 else { return nil }
        high = address.high
        low = address.low
        isIPv6 = address.isIPv6
        self.prefix = prefix
    }

    /// Whether the address is in the block. An IPv4 address mapped into IPv6 counts as IPv4.
    public func contains(_ address: SocketAddress) -> Bool {
        guard address.isIPv6 == isIPv6 else { return false }
        let masks = Self.masks(prefix, isIPv6: isIPv6)
        return address.high & masks.high == high && address.low & masks.low == low
    }

    private static func masks(_ prefix: Int, isIPv6: Bool) -> (high: UInt64, low: UInt64) {
        // Shifts of 64 and more give 0.
        if isIPv6 { return (~(UInt64.max >> prefix), ~(UInt64.max >> max(prefix - 64, 0))) }
        return (0, UInt64(UInt32.max) & ~(UInt64(UInt32.max) >> prefix))
    }
}
