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

    init(total: Int, each: Int) {
        limit = total
        limitEach = each
    }

    /// Counts a connection, or returns `false` when there are too many.
    func enter(_ address: SocketAddress) -> Bool {
        counts.withLock { counts in
            let sofar = counts.each[address.network, default: 0]
            guard counts.total < limit, sofar < limitEach else { return false }
            counts.total += 1
            counts.each[address.network] = sofar + 1
            return true
        }
    }

    /// Counts one less.
    func leave(_ address: SocketAddress) {
        counts.withLock { counts in
            counts.total -= 1
            let left = (counts.each[address.network] ?? 1) - 1
            counts.each[address.network] = left > 0 ? left : nil
        }
    }
}
