/// An `http` or `https` address (RFC 3986, RFC 9110 §4.2), read strictly: what programs read differently is refused.
public struct ClientURL: Sendable, Hashable, CustomStringConvertible {
    /// Whether the scheme is `https`.
    public let isSecure: Bool
    /// The host name in lower case, without a point at its end; an IPv6 address keeps its brackets.
    public let host: String
    /// The port, given or usual.
    public let port: UInt16
    /// The path and query, as they go on the wire.
    public let target: String
    /// The address, when the host is one.
    let address: SocketAddress?

    /// Reads an absolute URL; `nil` for other schemes, names and passwords, hosts that are no name and no address in its
    /// one usual form (`127.1`, `0x7f000001` and `2130706433` are none), and characters that must be percent-encoded. A fragment
    /// is left out.
    public init?(_ text: String) {
        let whole = text.prefix { $0 != "#" }
        guard text.utf8.count <= 8000, let scheme = whole.firstRange(of: "://") else { return nil }
        switch whole[..<scheme.lowerBound].lowercased() {
        case "https": isSecure = true
        case "http": isSecure = false
        default: return nil
        }
        let rest = whole[scheme.upperBound...]
        let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "\\" }
        guard let (host, port, address) = Self.authority(authority, usual: isSecure ? 443 : 80),
            let target = Self.target(rest[authority.endIndex...])
        else { return nil }
        self.host = host
        self.port = port
        self.address = address
        self.target = target
    }

    private static func authority(
        _ text: Substring, usual: UInt16
    ) -> (host: String, port: UInt16, address: SocketAddress?)? {
        var host = text
        var port = usual
        let end = text.firstIndex(of: "]") ?? text.startIndex
        if let colon = text[end...].lastIndex(of: ":") {
            let digits = text[text.index(after: colon)...]
            guard !digits.isEmpty, digits.utf8.allSatisfy(ByteClass.isDigit), let number = UInt16(digits), number > 0
            else {
                return nil
            }
            port = number
            host = text[..<colon]
        }
        if host.hasPrefix("["), host.hasSuffix("]") {
            let bare = host.dropFirst().dropLast()
            guard bare.contains(":"), let address = SocketAddress(host: String(bare), port: port) else { return nil }
            return (address.isIPv6 ? "[\(address.host)]" : address.host, port, address)
        }
        var name = host.lowercased()
        if name.utf8.last == UInt8(ascii: ".") { name.removeLast() }
        guard let isNumber = hostIsNumber(name) else { return nil }
        guard isNumber else { return (name, port, nil) }
        guard let address = SocketAddress(host: name, port: port), !address.isIPv6, address.host == name else {
            return nil
        }
        return (name, port, address)
    }

    /// Whether the last label makes the host a number, as it does for every program that takes numbers for addresses; `nil`
    /// for what is no host.
    private static func hostIsNumber(_ name: String) -> Bool? {
        guard (1...253).contains(name.utf8.count), name.utf8.allSatisfy(ByteClass.isHostName) else { return nil }
        let labels = name.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard labels.allSatisfy({ (1...63).contains($0.count) && $0.first != 45 && $0.last != 45 }),
            let last = labels.last
        else { return nil }
        return last.allSatisfy(ByteClass.isDigit)
            || last.starts(with: "0x".utf8) && last.dropFirst(2).allSatisfy { ByteClass.hexValue($0) != nil }
    }

    /// A path and query without characters that they may not hold; an empty path is `/`.
    private static func target(_ text: Substring) -> String? {
        let path = text.prefix { $0 != "?" }
        guard path.isEmpty || path.hasPrefix("/"), path.utf8.allSatisfy(ByteClass.isPath),
            text.utf8.allSatisfy(ByteClass.isQuery)
        else { return nil }
        return (path.isEmpty ? "/" : "") + text
    }

    /// Whether requests of both go to the same place.
    func hasSameOrigin(as other: ClientURL) -> Bool {
        isSecure == other.isSecure && host == other.host && port == other.port
    }

    /// What `Host` says: without the usual port.
    var authority: String { port == (isSecure ? 443 : 80) ? host : "\(host):\(port)" }

    /// `https://example.com`, which names the target.
    public var origin: String { "\(isSecure ? "https" : "http")://\(authority)" }

    /// The whole address.
    public var description: String { origin + target }
}
