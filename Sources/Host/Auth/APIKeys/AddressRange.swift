import HTTPServer
import PluginAPI

/// An address or a network: `192.0.2.7`, `192.0.2.0/24`, `2001:db8::/32` (RFC 4632 §3.1, RFC 4291 §2.3).
struct AddressRange: Sendable, Hashable {
    /// As it was written.
    let text: String
    private let address: [UInt8]
    /// How many bits of it count.
    private let bits: Int

    /// Nil when it is no address, the length is too large, or bits beyond the length are set.
    init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard text != "localhost", text.utf8.count <= 64, (1...2).contains(parts.count), let first = parts.first,
            let address = SocketAddress(host: String(first), port: 0)?.bytes
        else { return nil }
        let all = address.count * 8
        var bits = all
        if parts.count == 2 {
            guard parts[1].utf8.count <= 3, parts[1].utf8.allSatisfy({ (48...57).contains($0) }),
                let length = Int(parts[1]), length <= all
            else { return nil }
            bits = length
        }
        for (index, byte) in address.enumerated() where byte & ~Self.mask(bits - index * 8) != 0 { return nil }
        self.text = text
        self.address = address
        self.bits = bits
    }

    /// Whether an address lies within.
    ///
    /// - Parameter bytes: in network order; an IPv4 address has four.
    func contains(_ bytes: [UInt8]) -> Bool {
        guard bytes.count == address.count else { return false }
        return zip(bytes, address).enumerated().allSatisfy { index, pair in
            pair.0 & Self.mask(bits - index * 8) == pair.1
        }
    }

    /// A byte whose first bits are set.
    private static func mask(_ bits: Int) -> UInt8 { bits >= 8 ? 255 : bits <= 0 ? 0 : ~(255 >> UInt8(bits)) }
}

extension AddressRange: Described {
    static let schema = Schema<AddressRange>.text(
        JSONSchema(["type": "string", "maxLength": 64]),
        allowed: "an address or a network, such as 192.0.2.7, 192.0.2.0/24 or 2001:db8::/32",
        sample: { "192.0.2.\(1 + $0 % 200)" }, parse: { AddressRange($0) }, write: { $1.value($0.text) })
}
