import HTTPServer

/// Whose use a policy counts.
enum LimitKeyValue: Sendable {
    /// A whole IPv4 address.
    case ipv4(UInt32)
    /// The upper 64 bits of an IPv6 address: one customer commonly has all addresses below them.
    case ipv6(UInt64)
    /// A person's id, an API key's id or the value of a field. Compared byte by byte.
    case text(String)
    /// The tenant as a whole.
    case tenant

    /// The key of a client's address. An IPv4 address inside IPv6 (RFC 4291 §2.5.5.2) is that IPv4 address.
    static func address(_ address: SocketAddress) -> LimitKeyValue {
        address.isIPv6 ? .ipv6(address.network) : .ipv4(UInt32(truncatingIfNeeded: address.network))
    }

    /// Whether the key is short enough to be kept.
    var isKeepable: Bool {
        guard case .text(let text) = self else { return true }
        return text.utf8.count <= LimitTable.longestKey
    }
}

/// What has a counter of its own: tenant, policy and value, all of them compared whole.
struct LimitKey: Sendable {
    let tenant: UInt32
    let policy: UInt32
    let value: LimitKeyValue
    /// Computed once, with the process's random seed, so that clients cannot aim at one shard or bucket.
    let hash: UInt64

    init(tenant: UInt32, policy: UInt32, value: LimitKeyValue) {
        self.tenant = tenant
        self.policy = policy
        self.value = value
        var hasher = Hasher()
        hasher.combine(UInt64(tenant) &<< 32 | UInt64(policy))
        value.hash(into: &hasher)
        hash = UInt64(bitPattern: Int64(hasher.finalize()))
    }

    /// A key that holds no memory, for a place that is vacant.
    var withoutValue: LimitKey { LimitKey(vacating: self) }

    private init(vacating other: LimitKey) {
        tenant = other.tenant
        policy = other.policy
        value = .tenant
        hash = other.hash
    }
}

extension LimitKey: Hashable {
    func hash(into hasher: inout Hasher) { hasher.combine(hash) }

    static func == (left: LimitKey, right: LimitKey) -> Bool {
        left.hash == right.hash && left.tenant == right.tenant && left.policy == right.policy
            && left.value == right.value
    }
}

extension LimitKeyValue: Hashable {
    func hash(into hasher: inout Hasher) {
        switch self {
        case .ipv4(let address): hasher.combine(UInt64(address))
        case .ipv6(let prefix): hasher.combine(prefix)
        case .tenant: hasher.combine(0 as UInt64)
        case .text(let text):
            // A String hashes and compares by canonical equivalence, which is slower and would join different keys.
            let bytes = text.utf8.span
            var word: UInt64 = 0
            for index in bytes.indices {
                word = word &<< 8 | UInt64(bytes[index])
                if index & 7 == 7 { hasher.combine(word) }
            }
            hasher.combine(word)
            hasher.combine(bytes.count)
        }
    }

    static func == (left: LimitKeyValue, right: LimitKeyValue) -> Bool {
        switch (left, right) {
        case (.ipv4(let left), .ipv4(let right)): return left == right
        case (.ipv6(let left), .ipv6(let right)): return left == right
        case (.tenant, .tenant): return true
        case (.text(let left), .text(let right)):
            let leftBytes = left.utf8.span
            let rightBytes = right.utf8.span
            guard leftBytes.count == rightBytes.count else { return false }
            for index in leftBytes.indices where leftBytes[index] != rightBytes[index] { return false }
            return true
        default: return false
        }
    }
}
