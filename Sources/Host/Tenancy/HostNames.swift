/// Which tenant a `Host` header asks for. Immutable; a look-up allocates nothing.
///
/// Tenants are positions in ``TenantDirectory/tenants``.
struct HostNames: Sendable {
    private struct Name: Sendable {
        var start: UInt32
        var length: UInt32
        var tenant: UInt32
    }

    /// All names one behind the other, in lower case.
    private var letters: [UInt8] = []
    private var names: [Name] = []
    /// Open addressing: 0 is free, otherwise 1 + the position in `names`; never more than half full.
    private var table: [UInt32]
    /// Local port → tenant, in the demo.
    private let ports: [UInt16: Int]

    /// - Parameters:
    ///   - names: host names in lower case, each with its tenant; the first of two equal ones counts.
    ///   - ports: ports on which loopback names mean a tenant.
    init(_ names: [(name: String, tenant: Int)] = [], ports: [UInt16: Int] = [:]) {
        self.ports = ports
        var size = 16
        while size < names.count * 2 { size *= 2 }
        table = Array(repeating: 0, count: size)
        for (name, tenant) in names { insert(name, tenant) }
    }

    /// How many names there are.
    var count: Int { names.count }

    /// The tenant of a `Host` header's value: a name in any case, perhaps with a port and a trailing point.
    ///
    /// - Parameter localPort: the port the connection came to; it decides only for `localhost` and loopback addresses.
    func tenant(host: Span<UInt8>, localPort: UInt16 = 0) -> Int? {
        guard let name = Self.name(in: host) else { return nil }
        if let tenant = find(host, name) { return tenant }
        guard let tenant = ports[localPort], Self.isLoopback(host, name) else { return nil }
        return tenant
    }

    /// The same for a text.
    func tenant(host: String, localPort: UInt16 = 0) -> Int? { tenant(host: host.utf8.span, localPort: localPort) }

    /// The part of a `Host` value that is the name (RFC 9110 §7.2); nil when it is malformed or too long to be one.
    private static func name(in host: Span<UInt8>) -> Range<Int>? {
        guard (1...320).contains(host.count) else { return nil }
        var end = 0
        if host[0] == UInt8(ascii: "[") {
            while end < host.count, host[end] != UInt8(ascii: "]") { end += 1 }
            guard end < host.count else { return nil }
            end += 1
        } else {
            while end < host.count, host[end] != UInt8(ascii: ":") { end += 1 }
        }
        if end < host.count {
            guard host[end] == UInt8(ascii: ":"), host.count - end <= 6 else { return nil }
            for index in end + 1..<host.count where host[index] < 48 || host[index] > 57 { return nil }
        }
        if end > 1, host[end - 1] == UInt8(ascii: ".") { end -= 1 }
        return end > 0 && end <= 253 ? 0..<end : nil
    }

    private func find(_ host: Span<UInt8>, _ range: Range<Int>) -> Int? {
        var slot = Int(truncatingIfNeeded: Self.hash(host, range)) & (table.count - 1)
        while table[slot] != 0 {
            let name = names[Int(table[slot]) - 1]
            if isEqual(name, host, range) { return Int(name.tenant) }
            slot = (slot + 1) & (table.count - 1)
        }
        return nil
    }

    private func isEqual(_ name: Name, _ host: Span<UInt8>, _ range: Range<Int>) -> Bool {
        guard Int(name.length) == range.count else { return false }
        let letters = letters.span.extracting(Int(name.start)..<Int(name.start) + Int(name.length))
        let host = host.extracting(range)
        for index in letters.indices where letters[index] != Self.lower(host[index]) { return false }
        return true
    }

    private mutating func insert(_ name: String, _ tenant: Int) {
        let bytes = name.utf8.span
        let range = 0..<bytes.count
        guard find(bytes, range) == nil else { return }
        var slot = Int(truncatingIfNeeded: Self.hash(bytes, range)) & (table.count - 1)
        while table[slot] != 0 { slot = (slot + 1) & (table.count - 1) }
        names.append(
            Name(start: UInt32(letters.count), length: UInt32(bytes.count), tenant: UInt32(truncatingIfNeeded: tenant)))
        letters.append(contentsOf: name.utf8)
        table[slot] = UInt32(names.count)
    }

    /// FNV-1a, folded so that the low bits depend on all. Whoever sends hosts cannot add names, so it need not be keyed.
    private static func hash(_ bytes: Span<UInt8>, _ range: Range<Int>) -> UInt64 {
        var hash = Fingerprint.start
        for index in range { hash = Fingerprint.step(hash, lower(bytes[index])) }
        return hash ^ hash >> 32
    }

    @inline(__always)
    private static func lower(_ byte: UInt8) -> UInt8 { byte >= 65 && byte <= 90 ? byte | 0x20 : byte }

    private static func isLoopback(_ host: Span<UInt8>, _ range: Range<Int>) -> Bool {
        isText("localhost", host, range) || isText("127.0.0.1", host, range) || isText("[::1]", host, range)
    }

    private static func isText(_ text: StaticString, _ host: Span<UInt8>, _ range: Range<Int>) -> Bool {
        var at = range.lowerBound
        for byte in "\(text)".utf8 {
            guard at < range.upperBound, lower(host[at]) == byte else { return false }
            at += 1
        }
        return at == range.upperBound
    }
}
