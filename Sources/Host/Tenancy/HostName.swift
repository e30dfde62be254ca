import PluginAPI

/// A host name of a tenant, in lower case: labels of letters, digits and dashes (RFC 1123 §2.1), without port or trailing point.
struct HostName: Sendable, Hashable {
    /// `portal.example.com`
    let text: String

    /// Takes upper case and makes it lower. Nil for addresses, wildcards, ports and international names not in punycode.
    init?(_ typed: String) {
        let text = typed.lowercased()
        guard Self.isName(text.utf8) else { return nil }
        self.text = text
    }

    /// Whether bytes in lower case are a host name and no IPv4 address.
    static func isName(_ bytes: some BidirectionalCollection<UInt8>) -> Bool {
        guard (1...253).contains(bytes.count) else { return false }
        var label = 0
        var before = UInt8(ascii: "-")
        var isNumber = true
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "."):
                guard label > 0, before != UInt8(ascii: "-") else { return false }
                label = 0
                isNumber = true
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"):
                guard label > 0 || byte != UInt8(ascii: "-") else { return false }
                label += 1
                isNumber = false
            case UInt8(ascii: "0")...UInt8(ascii: "9"): label += 1
            default: return false
            }
            guard label <= 63 else { return false }
            before = byte
        }
        return label > 0 && before != UInt8(ascii: "-") && !isNumber
    }

    /// Whether bytes are an IPv4 address in four decimal parts.
    static func isIPv4(_ bytes: some Collection<UInt8>) -> Bool {
        let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return parts.count == 4
            && parts.allSatisfy { part in
                (1...3).contains(part.count) && part.allSatisfy { (48...57).contains($0) }
                    && part.reduce(0) { $0 * 10 + Int($1) - 48 } <= 255
            }
    }
}

extension HostName: Described {
    static let schema = Schema<HostName>.text(
        JSONSchema(["type": "string", "format": "hostname"]),
        allowed: "an exact host name such as portal.example.com, without scheme, port or wildcard",
        sample: { "portal\($0).example.com" }, parse: { HostName($0) }, write: { $1.value($0.text) })
}
