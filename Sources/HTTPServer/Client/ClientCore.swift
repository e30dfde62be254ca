internal import CLinux
internal import Glibc
internal import Synchronization

/// What a client does on its loop: who gets which connection, and when.
// @unchecked: everything mutable is touched on the loop only; the gauges are read from anywhere.
final class ClientCore: @unchecked Sendable {
    let loop: EventLoop
    private let configuration: ClientConfiguration
    private var pools: [ClientTarget: ClientPool] = [:]
    /// Connections there are, and those that are being made.
    private var count = 0
    private var waiting = 0
    private(set) var isClosed = false
    /// Connections for lines there are.
    var lines = 0
    let counters = ClientCounters()

    init(_ loop: EventLoop, _ configuration: ClientConfiguration) {
        self.loop = loop
        self.configuration = configuration
    }

    var resolver: HostResolver { configuration.resolver }
    /// Connections for lines at a time, beside those for requests.
    var lineLimit: Int { configuration.connections }

    func start(_ exchange: ClientExchange) {
        guard !isClosed else { return exchange.finish(.failure(.closed)) }
        guard !exchange.isCancelled.load(ordering: .sequentiallyConsistent) else {
            return exchange.finish(.failure(.cancelled))
        }
        let left = exchange.deadline - EventLoop.monotonicMilliseconds()
        guard left > 0 else { return exchange.finish(.failure(.timedOut(.total))) }
        counters.requests.increment()
        exchange.total = timer(exchange, .total, .milliseconds(left))
        let pool = pool(exchange.target)
        if pool.waiting.isEmpty, place(exchange, pool) { return }
        guard pool.waiting.count < configuration.waitingPerTarget else {
            return exchange.finish(.failure(.overloaded))
        }
        pool.waiting.append(exchange)
        waiting += 1
    }

    /// Gives the request a connection, or begins to make one. Returns `false` when it has to wait.
    private func place(_ exchange: ClientExchange, _ pool: ClientPool) -> Bool {
        if let index = pool.idle.lastIndex(where: { exchange.request.policy.allows($0.address) }) {
            let connection = pool.idle.remove(at: index)
            connection.begin(exchange)
            return true
        }
        // An idle connection that this request may not use gives way to one that it may.
        if pool.count >= configuration.connectionsPerTarget, let oldest = pool.idle.first { oldest.abandon() }
        guard pool.count < configuration.connectionsPerTarget else { return false }
        if count >= configuration.connections { pools.values.first { !$0.idle.isEmpty }?.idle.first?.abandon() }
        guard count < configuration.connections else { return false }
        connect(exchange)
        return true
    }

    /// The connection that a request was sent on turned out to be closed: sends it on a new one.
    func restart(_ exchange: ClientExchange) {
        let pool = pool(exchange.target)
        guard pool.count < configuration.connectionsPerTarget, count < configuration.connections, !isClosed else {
            return exchange.finish(.failure(.disconnected))
        }
        connect(exchange)
    }

    private func connect(_ exchange: ClientExchange) {
        // Looked up again: one that lost its last connection on the way here is gone.
        pool(exchange.target).count += 1
        count += 1
        counters.connections.add(1)
        exchange.phase = .connecting
        exchange.connectDeadline = loop.now + exchange.request.connectTimeout.milliseconds
        exchange.step = timer(exchange, .connect, exchange.request.connectTimeout)
        if let address = exchange.request.pinnedAddress ?? exchange.request.url.address {
            return resolved(exchange, .success([address]))
        }
        let host = exchange.target.host
        let resolver = configuration.resolver
        exchange.lookup = Task.detached { [self] in
            let result: Result<[SocketAddress], ClientError>
            do { result = .success(try await resolver(host)) } catch { result = .failure(.cannotResolve("\(error)")) }
            loop.submit { [self] in resolved(exchange, result) }
        }
    }

    /// The name stands for these addresses: each is judged, and one that is allowed is connected to, exactly that one.
    private func resolved(_ exchange: ClientExchange, _ result: Result<[SocketAddress], ClientError>) {
        guard case .connecting = exchange.phase else { return }
        switch result {
        case .failure(let error): return give(up: exchange, error)
        case .success(let addresses):
            guard let first = addresses.first else { return give(up: exchange, .cannotResolve("no address")) }
            exchange.candidates = addresses.filter { exchange.request.policy.allows($0) }.prefix(4).reversed()
            guard !exchange.candidates.isEmpty else { return give(up: exchange, .addressRefused(first)) }
            connectNext(exchange)
        }
    }

    private func connectNext(_ exchange: ClientExchange) {
        guard let address = exchange.candidates.popLast()?.withPort(exchange.target.port) else {
            return give(up: exchange, .cannotConnect(exchange.refusal))
        }
        let descriptor = clinux_stream_socket(address.isIPv6 ? AF_INET6 : AF_INET)
        guard descriptor >= 0 else { return give(up: exchange, .cannotConnect(Self.words(errno))) }
        var on: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
        var (storage, length) = address.storage
        guard clinux_connect(descriptor, &storage, length) == 0 || errno == EINPROGRESS else {
            exchange.refusal = Self.words(errno)
            Glibc.close(descriptor)
            return connectNext(exchange)
        }
        let connection = ClientConnection(self, exchange, address, descriptor)
        guard connection.open() else {
            Glibc.close(descriptor)
            return give(up: exchange, .cannotConnect("the poller refuses the socket"))
        }
        exchange.phase = .running(connection)
        // Each address gets its share of the time.
        guard !exchange.candidates.isEmpty else { return }
        let share = max((exchange.connectDeadline - loop.now) / Int64(exchange.candidates.count + 1), 1)
        connection.idleTimer = loop.schedule(after: .milliseconds(share)) { [weak self, weak connection] in
            guard let self, let connection, connection.state == .connecting else { return }
            connectFailed(connection, "no answer")
        }
    }

    /// An address did not answer: the next one is tried in the same place.
    func connectFailed(_ connection: ClientConnection, _ reason: String) {
        guard let exchange = connection.exchange else { return connection.abandon() }
        exchange.refusal = reason
        exchange.phase = .connecting
        // Taken again at once by the next address, or given back when there is none.
        let pool = pool(exchange.target)
        pool.count += 1
        count += 1
        counters.connections.add(1)
        connection.abandon()
        connectNext(exchange)
    }

    /// Ends a request that has a place but no connection.
    private func give(up exchange: ClientExchange, _ error: ClientError) {
        free(exchange.target)
        exchange.finish(.failure(error))
    }

    /// Ends a request from outside: it took too long, or its task was cancelled.
    func end(_ exchange: ClientExchange, _ error: ClientError) {
        switch exchange.phase {
        case .done: return
        case .waiting:
            if let pool = pools[exchange.target], let index = pool.waiting.firstIndex(where: { $0 === exchange }) {
                pool.waiting.remove(at: index)
                waiting -= 1
            }
        case .connecting: free(exchange.target)
        case .running(let connection): connection.abandon()
        }
        exchange.finish(.failure(error))
    }

    func timer(_ exchange: ClientExchange, _ phase: ClientError.Phase, _ delay: Duration) -> ScheduledWork {
        loop.schedule(after: delay) { [weak self, weak exchange] in
            guard let self, let exchange else { return }
            end(exchange, .timedOut(phase))
        }
    }

    /// A connection has answered and can be used again.
    func release(_ connection: ClientConnection) {
        let pool = pool(connection.target)
        pool.idle.append(connection)
        connection.idleTimer = loop.schedule(after: configuration.idleTimeout) { [weak connection] in
            guard let connection, connection.state == .idle else { return }
            connection.abandon()
        }
        serve(pool)
    }

    /// A connection is gone.
    func closed(_ connection: ClientConnection) {
        pools[connection.target]?.idle.removeAll { $0 === connection }
        free(connection.target)
    }

    /// A place is free again.
    private func free(_ target: ClientTarget) {
        count -= 1
        counters.connections.add(-1)
        guard let pool = pools[target] else { return }
        pool.count -= 1
        if pool.count == 0, pool.waiting.isEmpty { pools[target] = nil }
        guard waiting > 0, !isClosed else { return }
        // Not from within: whoever closes a connection may be about to use its place.
        loop.submit { [self] in
            for pool in pools.values where !pool.waiting.isEmpty { serve(pool) }
        }
    }

    private func serve(_ pool: ClientPool) {
        while let next = pool.waiting.first, !isClosed {
            // Taken off before: placing it may end it, and then the next is looked at.
            pool.waiting.removeFirst()
            waiting -= 1
            if place(next, pool) { continue }
            pool.waiting.insert(next, at: 0)
            waiting += 1
            return
        }
    }

    private func pool(_ target: ClientTarget) -> ClientPool {
        if let pool = pools[target] { return pool }
        let pool = ClientPool()
        pools[target] = pool
        return pool
    }

    /// Ends everything.
    func close() {
        isClosed = true
        let all = pools.values.flatMap(\.waiting)
        for exchange in all { end(exchange, .closed) }
        for socket in loop.outbound.values {
            if let lines = socket as? LineSocket { lines.fail(.closed) }
            guard let connection = socket as? ClientConnection else { continue }
            if let exchange = connection.exchange { end(exchange, .closed) } else { connection.abandon() }
        }
    }

    static func words(_ code: Int32) -> String {
        strerror(code).map { String(cString: $0) } ?? "error \(code)"
    }
}
