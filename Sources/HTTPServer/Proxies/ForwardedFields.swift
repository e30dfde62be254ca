/// The fields by which proxies tell who asked them, as lists of hops, the nearest last.
struct ForwardedFields {
    /// Of `Forwarded` (RFC 7239); `nil` when it is malformed.
    private(set) var standard: [ForwardedHop]? = []
    /// Of `X-Forwarded-For` with `-Proto` and `-Host`; `nil` when one of them is malformed.
    private(set) var customary: [ForwardedHop]? = []

    var isEmpty: Bool { standard?.isEmpty != false && customary?.isEmpty != false }

    init(_ head: RequestHead) {
        var addresses: [Range<Int>] = []
        var schemes: [Range<Int>] = []
        var hosts: [Range<Int>] = []
        for field in head.fields {
            switch field.name.count {
            case 9 where head.names(field, "forwarded"):
                var reader = ForwardedReader(bytes: head.bytes, value: field.value)
                standard = reader.hops().flatMap { hops in standard.map { $0 + hops } }
            case 15 where head.names(field, "x-forwarded-for"): addresses += head.elements(field.value)
            case 16 where head.names(field, "x-forwarded-host"): hosts += head.elements(field.value)
            case 17 where head.names(field, "x-forwarded-proto"): schemes += head.elements(field.value)
            default: break
            }
        }
        customary = Self.hops(head, addresses, schemes, hosts)
    }

    /// One hop for each address. Proto and host are lists as long as that of the addresses, or shorter; then they are the
    /// nearest hops' own, except that a single one, which a proxy in front has overwritten, is of all.
    private static func hops(
        _ head: RequestHead, _ addresses: [Range<Int>], _ schemes: [Range<Int>], _ hosts: [Range<Int>]
    ) -> [ForwardedHop]? {
        // A proxy may tell only of the scheme or the host.
        let count = addresses.isEmpty && !(schemes.isEmpty && hosts.isEmpty) ? 1 : addresses.count
        var hops: [ForwardedHop] = []
        for fromEnd in (1..<count + 1).reversed() {
            func own(_ list: [Range<Int>]) -> Range<Int>? {
                if list.count == 1 { return list[0] }
                return fromEnd <= list.count ? list[list.count - fromEnd] : nil
            }
            var hop = ForwardedHop(host: own(hosts))
            if let scheme = own(schemes) {
                guard let isSecure = ForwardedReader.isSecure(head.text(scheme)) else { return nil }
                hop.isSecure = isSecure
            }
            if !addresses.isEmpty {
                let node = head.text(addresses[addresses.count - fromEnd])
                hop.address = SocketAddress(node: node)
                guard hop.address != nil || node.lowercased() == "unknown" else { return nil }
            }
            hops.append(hop)
        }
        return hops
    }
}

extension RequestHead {
    fileprivate func names(_ field: Field, _ name: StaticString) -> Bool {
        bytes[field.name].elementsEqual(UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
    }

    fileprivate func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    /// The elements of a comma-separated list, without surrounding blanks; empty ones are left out (RFC 9110 §5.6.1).
    fileprivate func elements(_ range: Range<Int>) -> [Range<Int>] {
        bytes[range].split(separator: UInt8(ascii: ",")).compactMap { part in
            guard let first = part.firstIndex(where: { !ByteClass.isBlank($0) }),
                let last = part.lastIndex(where: { !ByteClass.isBlank($0) })
            else { return nil }
            return first..<last + 1
        }
    }
}
