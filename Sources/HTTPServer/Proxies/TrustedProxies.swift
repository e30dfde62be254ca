/// The proxies whose word about the client counts.
///
/// A chain of proxies is followed from this server outwards, as long as each hop is one of them: the first that is not is
/// the client. Whatever stands further out was written by strangers. What is malformed, or contradicts itself, is as if it
/// were not there: then the peer is the client.
struct TrustedProxies: Sendable {
    /// What is believed about a client.
    struct Client: Sendable, Equatable {
        var address: SocketAddress
        /// Whether its connection is encrypted, if a proxy says.
        var isSecure: Bool?
    }

    /// Hops of one request that are followed.
    static let hopLimit = 16

    private let blocks: [AddressBlock]

    /// `nil` for none.
    init?(_ blocks: [AddressBlock]) {
        guard !blocks.isEmpty else { return nil }
        self.blocks = blocks
    }

    func contains(_ address: SocketAddress) -> Bool { blocks.contains { $0.contains(address) } }

    /// The client, as the fields of a request from `peer` tell. The host that the client asked for, if they name another,
    /// replaces the head's.
    func client(of head: inout RequestHead, peer: SocketAddress) -> Client {
        let nobody = Client(address: peer)
        guard contains(peer) else { return nobody }
        let fields = ForwardedFields(head)
        guard !fields.isEmpty, let standard = fields.standard, let customary = fields.customary else { return nobody }
        var hop: ForwardedHop
        switch (follow(standard, from: peer), follow(customary, from: peer)) {
        case (nil, nil): return nobody
        case (let found?, nil): hop = found
        case (nil, let found?): hop = found
        case (let first?, let second?):
            // A proxy that writes one and lets the other through leaves that to the client: both must say the same.
            guard first.address?.isSameHost(as: second.address) == true else { return nobody }
            hop = second
        }
        guard let address = hop.address else { return nobody }
        if let host = hop.host { head.setHost(host) }
        return Client(address: address, isSecure: hop.isSecure)
    }

    /// The outermost hop that a trusted proxy vouches for; `nil` when there is none.
    private func follow(_ hops: [ForwardedHop], from peer: SocketAddress) -> ForwardedHop? {
        var found: ForwardedHop?
        var address = peer
        for hop in hops.suffix(Self.hopLimit).reversed() where contains(address) {
            // Hidden or unknown: no further out than the proxy that says so.
            guard let next = hop.address else { return hop.at(address) }
            found = hop
            address = next
        }
        return found
    }
}

extension SocketAddress {
    fileprivate func isSameHost(as other: SocketAddress?) -> Bool {
        guard let other else { return false }
        return high == other.high && low == other.low && isIPv6 == other.isIPv6
    }
}

extension RequestHead {
    /// Takes the host and port at `range` of the bytes, if they are well-formed.
    fileprivate mutating func setHost(_ range: Range<Int>) {
        var parser = HeadParser(head: RequestHead(bytes: []), limits: RequestLimits())
        do throws(HTTPFault) {
            var span = bytes.mutableSpan
            try parser.authority(&span, range)
        } catch {
            return
        }
        host = parser.head.host
        port = parser.head.port
    }
}
