/// Reads `Forwarded` (RFC 7239 §4): elements `name=value;…`, separated by commas, values as tokens or quoted strings.
struct ForwardedReader {
    private let bytes: [UInt8]
    private let end: Int
    private var at: Int

    init(bytes: [UInt8], value: Range<Int>) {
        self.bytes = bytes
        at = value.lowerBound
        end = value.upperBound
    }

    /// The hops, the nearest last; `nil` when the value is malformed.
    mutating func hops() -> [ForwardedHop]? {
        var hops: [ForwardedHop] = []
        while true {
            skipBlanks()
            if at < end, bytes[at] != UInt8(ascii: ",") {
                guard let hop = element() else { return nil }
                hops.append(hop)
                skipBlanks()
            }
            guard at < end else { return hops }
            guard bytes[at] == UInt8(ascii: ",") else { return nil }
            at += 1
        }
    }

    /// Whether a scheme is `https`; `nil` when it is neither that nor `http`.
    static func isSecure(_ scheme: String) -> Bool? {
        switch scheme.lowercased() {
        case "https": true
        case "http": false
        default: nil
        }
    }

    private mutating func element() -> ForwardedHop? {
        var hop = ForwardedHop()
        var seen: Set<String> = []
        while true {
            guard let name = token().map({ text($0).lowercased() }), seen.insert(name).inserted, take("="),
                let value = value()
            else { return nil }
            switch name {
            case "for":
                let node = text(value)
                hop.address = SocketAddress(node: node)
                guard hop.address != nil || node.lowercased() == "unknown" || node.hasPrefix("_") else { return nil }
            case "proto":
                guard let isSecure = Self.isSecure(text(value)) else { return nil }
                hop.isSecure = isSecure
            case "host": hop.host = value
            default: break
            }
            skipBlanks()
            guard take(";") else { return hop }
            skipBlanks()
            // An element may end in a semicolon.
            if at == end || bytes[at] == UInt8(ascii: ",") { return hop }
        }
    }

    private mutating func token() -> Range<Int>? {
        let start = at
        while at < end, ByteClass.isToken(bytes[at]) { at += 1 }
        return at > start ? start..<at : nil
    }

    /// A token, or what stands between quotes. Addresses, schemes and hosts need no escape, so one is malformed here.
    private mutating func value() -> Range<Int>? {
        guard take("\"") else { return token() }
        let start = at
        while at < end, bytes[at] != UInt8(ascii: "\""), bytes[at] != UInt8(ascii: "\\") { at += 1 }
        let value = start..<at
        return take("\"") ? value : nil
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard at < end, bytes[at] == UInt8(ascii: character) else { return false }
        at += 1
        return true
    }

    private mutating func skipBlanks() { while at < end, ByteClass.isBlank(bytes[at]) { at += 1 } }

    private func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
}
