internal import Synchronization

/// How many connections there are, in all and from each address.
final class ConnectionLedger: Sendable {
    private struct Counts: Sendable {
        var total = 0
        var each: [UInt64: Int] = [:]
    }

    private let counts = Mutex(Counts())
    private let limit: Int
    private let limitEach: Int
    private let proxies: TrustedProxies?

    /// - Parameter proxies: whose connections belong to many clients, and so are counted in all only.
    init(total: Int, each: Int, proxies: TrustedProxies? = nil) {
        limit = total
        limitEach = each
        self.proxies = proxies
    }

    /// Counts a connection, or returns `false` when there are too many.
    func enter(_ address: SocketAddress) -> Bool {
        let isProxy = proxies?.contains(address) == true
        return counts.withLock { counts in
            if isProxy {
                guard counts.total < limit else { return false }
                counts.total += 1
                return true
            }
            let sofar = counts.each[address.network, default: 0]
            guard counts.total < limit, sofar < limitEach else { return false }
            counts.total += 1
            counts.each[address.network] = sofar + 1
            return true
        }
    }

    /// Counts one less.
    func leave(_ address: SocketAddress) {
        let isProxy = proxies?.contains(address) == true
        counts.withLock { counts in
            counts.total -= 1
            if isProxy { return }
            let left = (counts.each[address.network] ?? 1) - 1
            counts.each[address.network] = left > 0 ? left : nil
        }
    }
}
