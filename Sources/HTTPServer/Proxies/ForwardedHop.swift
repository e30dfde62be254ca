/// What one proxy wrote about who asked it.
struct ForwardedHop: Sendable, Equatable {
    /// Who asked; `nil` when that is hidden or unknown.
    var address: SocketAddress?
    var isSecure: Bool?
    /// Where in the head the host stands that was asked for.
    var host: Range<Int>?

    func at(_ address: SocketAddress) -> ForwardedHop {
        var hop = self
        hop.address = address
        return hop
    }
}

extension SocketAddress {
    /// A node of `Forwarded` (RFC 7239 §6) or an element of `X-Forwarded-For`: an address, with or without a port, IPv6 in
    /// brackets or, without port, bare.
    init?(node text: String) {
        var host = text[...]
        var port: UInt16 = 0
        if host.hasPrefix("[") {
            guard let end = host.firstIndex(of: "]") else { return nil }
            let rest = host[host.index(after: end)...]
            host = host[host.index(after: host.startIndex)..<end]
            guard host.contains(":") else { return nil }
            if !rest.isEmpty {
                guard rest.first == ":", let given = Self.port(rest.dropFirst()) else { return nil }
                port = given
            }
        } else if let colon = host.firstIndex(of: ":"), !host[host.index(after: colon)...].contains(":") {
            guard let given = Self.port(host[host.index(after: colon)...]) else { return nil }
            port = given
            host = host[..<colon]
        }
        guard host != "localhost" else { return nil }
        self.init(host: String(host), port: port)
    }

    /// A port; the obfuscated ones of RFC 7239 §6.3 count as 0.
    private static func port(_ text: Substring) -> UInt16? {
        if text.hasPrefix("_"), text.utf8.dropFirst().allSatisfy(ByteClass.isToken) { return 0 }
        guard (1...5).contains(text.utf8.count), text.utf8.allSatisfy(ByteClass.isDigit) else { return nil }
        return UInt16(text)
    }
}
