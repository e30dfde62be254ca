/// Where a connection for lines goes, and what it demands of the other side.
public struct LineTarget: Sendable {
    /// A name or an address.
    public var host: String
    /// The port.
    public var port: UInt16
    /// Whether TLS begins with the first byte.
    public var isSecure: Bool
    /// Which addresses it may lead to.
    public var policy: AddressPolicy
    /// Which authorities are believed; those of the client when `nil`.
    public var trust: TLSTrust?

    /// A target.
    public init(_ host: String, port: UInt16, isSecure: Bool, policy: AddressPolicy) {
        self.host = host
        self.port = port
        self.isSecure = isSecure
        self.policy = policy
    }

    /// The address, where the host is one.
    var address: SocketAddress? {
        let bare = host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : host
        return SocketAddress(host: bare, port: port)
    }
}
