import HTTPServer
import PluginAPI

/// An address or a network as somebody wrote it: `192.0.2.7`, `192.0.2.0/24`, `2001:db8::/32`.
struct AddressRange: Sendable, Hashable {
    /// As it was written.
    let text: String
    private let block: AddressBlock

    /// Nil when it is neither.
    init?(_ text: String) {
        guard text.utf8.count <= 64, let block = AddressBlock(text) else { return nil }
        self.text = text
        self.block = block
    }

    /// Whether an address lies within.
    func contains(_ address: SocketAddress) -> Bool { block.contains(address) }
}

extension AddressRange: Described {
    static let schema = Schema<AddressRange>.text(
        JSONSchema(["type": "string", "maxLength": 64]),
        allowed: "an address or a network, such as 192.0.2.7, 192.0.2.0/24 or 2001:db8::/32",
        sample: { "192.0.2.\(1 + $0 % 200)" }, parse: { AddressRange($0) }, write: { $1.value($0.text) })
}
